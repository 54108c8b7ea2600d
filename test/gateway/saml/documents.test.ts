import { describe, expect, test } from '@jest/globals';
import {
  decodeBase64,
  isMessage,
  readDocument,
  samlId,
  statusOf,
  textOf,
} from '../../../gateway/saml/documents.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';

/** @returns what is read, or code and detail of the refusal. */
function outcome<T>(act: () => T): T | readonly unknown[] {
  try {
    return act();
  } catch (error) {
    if (error instanceof SamlRefusal) return [error.code, error.detail];
    throw error;
  }
}
const read = (xml: string) => outcome(() => readDocument(xml));

test('an id is never the same', () => {
  expect(samlId()).toMatch(/^_[0-9a-f]{40}$/);
  expect(samlId()).not.toBe(samlId());
});

describe('base64', () => {
  test.each<[string, string]>([
    ['as it is', 'w6U='],
    ['broken into lines', ' w6\r\nU=\n'],
    ['without its end', 'w6U'],
  ])('is read %s', (_says, text) => {
    expect(decodeBase64(text)).toBe('å');
  });
  test.each<[string, string]>([
    ['nothing', ''],
    ['spaces', ' \n'],
    ['other letters before', '!w6U='],
    ['other letters behind', 'w6U=!'],
    ['its end inside', 'w6=U'],
    ['more than its end', 'w6U==='],
    ['no UTF-8', Buffer.from([0xff]).toString('base64')],
    ['half of a character', Buffer.from([0xc3]).toString('base64')],
  ])('is none: %s', (_says, text) => {
    expect(outcome(() => decodeBase64(text))).toEqual(['SAML_NOT_READABLE', null]);
  });
});

describe('a document', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['no XML', '<a', ['SAML_NOT_READABLE', 'NOT_XML']],
    ['a type', '<!DOCTYPE a><a/>', ['SAML_DOCTYPE', null]],
    ['a line separator', '<a>\u2028</a>', ['SAML_NOT_READABLE', 'LINE_SEPARATOR']],
    ['a paragraph separator', '<a>\u2029</a>', ['SAML_NOT_READABLE', 'LINE_SEPARATOR']],
    [
      'another algorithm',
      '<a Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>',
      ['SAML_ALGORITHM', null],
    ],
    ['one inside', '<a><b><c Algorithm="x"/></b></a>', ['SAML_ALGORITHM', null]],
  ])('is refused for %s', (_says, xml, refusal) => {
    expect(read(xml)).toEqual(refusal);
  });
  const attributes = (count: number) => Array.from({ length: count }, (_, i) => `b${i}="1"`).join(' ');
  const spaces = (count: number) => Array.from({ length: count }, (_, i) => `<b xmlns:p${i}="n"/>`).join('');
  test.each<[string, (size: number) => string, number]>([
    ['deep', (depth) => '<a>'.repeat(depth) + '</a>'.repeat(depth), 32],
    ['of elements', (count) => `<a>${'<b/>'.repeat(count - 1)}</a>`, 1000],
    ['with attributes', (count) => `<a ${attributes(count)}/>`, 32],
    ['with namespaces', (count) => `<a>${spaces(count)}</a>`, 256],
    ['with a value', (length) => `<a b="${'x'.repeat(length)}"/>`, 4096],
  ])('is bounded: %s', (_says, xml, most) => {
    expect(read(xml(most))).toMatchObject({ name: 'a' });
    expect(read(xml(most + 1))).toEqual(['SAML_NOT_READABLE', 'TOO_COMPLEX']);
  });
});

const [P, A] = ['urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:2.0:assertion'];
const message = (inside: string) =>
  readDocument(`<p:Response xmlns:p="${P}" xmlns:a="${A}">${inside}</p:Response>`);

test('a message is one by its name and its vocabulary', () => {
  expect([isMessage(message(''), 'Response'), isMessage(message(''), 'Request')]).toEqual([true, false]);
  expect(isMessage(readDocument(`<Response xmlns="${A}"/>`), 'Response')).toBe(false);
});

test('a text is that of the one child of its name', () => {
  expect(textOf(message('<a:Issuer> who </a:Issuer>'), 'Issuer')).toBe('who');
  for (const none of [
    '',
    '<Issuer>who</Issuer>',
    '<a:Issuer>who</a:Issuer>'.repeat(2),
    '<a:Issuer>w<b/></a:Issuer>',
  ])
    expect(textOf(message(none), 'Issuer')).toBeUndefined();
});

test('an outcome is the value of the first code of the one status', () => {
  const code = (value: string, inside = '') => `<p:StatusCode Value="${value}">${inside}</p:StatusCode>`;
  const status = (inside: string) => `<p:Status>${inside}</p:Status>`;
  expect(statusOf(message(status(code('one', code('two')))))).toBe('one');
  for (const none of [
    '',
    status(''),
    status(code('one')).repeat(2),
    status('<p:StatusCode/>'),
    status('<p:StatusCode p:Value="one"/>'),
    status('<p:StatusCode Other="one"/>'),
    status('<a:StatusCode Value="one"/>'),
    `<a:Status>${code('one')}</a:Status>`,
  ])
    expect(statusOf(message(none))).toBeUndefined();
});
