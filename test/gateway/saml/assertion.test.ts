import { describe, expect, test } from '@jest/globals';
import { readAssertion, type Assertion } from '../../../gateway/saml/assertion.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const DATA =
  '<SubjectConfirmationData Recipient="here" InResponseTo="asked" NotOnOrAfter="2026-11-28T10:00:00Z"/>';
const CONFIRMATION = `<SubjectConfirmation Method="${BEARER}">${DATA}</SubjectConfirmation>`;
const NAME = '<NameID Format="persistent">user</NameID>';
const STATEMENT = '<AuthnStatement SessionIndex="index"/>';

interface Parts {
  readonly id?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly rest?: string;
}

/** @returns an assertion, without the parts that reading does not look at. */
const xml = ({
  id = 'ID="one"',
  issuer = '<Issuer>provider</Issuer>',
  subject = `<Subject>${NAME}${CONFIRMATION}</Subject>`,
  rest = STATEMENT,
}: Parts = {}) =>
  `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ${id}>${issuer}${subject}${rest}</Assertion>`;

/** @returns the assertion, or why it is refused. */
function read(parts: Parts): Assertion | string {
  try {
    return readAssertion(xml(parts));
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code;
    throw error;
  }
}
const subjectOf = (name: string, confirmation = CONFIRMATION) => ({
  subject: `<Subject>${name}${confirmation}</Subject>`,
});

test('an assertion is read whole', () => {
  expect(read({})).toEqual({
    id: 'one',
    issuer: 'provider',
    recipient: 'here',
    inResponseTo: 'asked',
    notOnOrAfter: new Date('2026-11-28T10:00:00Z'),
    nameId: 'user',
    nameIdFormat: 'persistent',
    sessionIndex: 'index',
    attributes: new Map(),
  });
});

test('a name need not be there, nor say its form; nor need the session be named', () => {
  const unspecified = { nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' };
  expect(read(subjectOf('<NameID>user</NameID>'))).toMatchObject({ ...unspecified, nameId: 'user' });
  for (const name of ['', '<NameID/>', '<NameID><x/></NameID>'])
    expect(read(subjectOf(name))).toMatchObject({ ...unspecified, nameId: '' });
  for (const rest of ['', '<AuthnStatement/>']) expect(read({ rest })).toMatchObject({ sessionIndex: null });
});

test.each<[string, Parts]>([
  ['no id', { id: '' }],
  ['an empty id', { id: 'ID=""' }],
  ['no issuer', { issuer: '' }],
  ['two issuers', { issuer: '<Issuer>a</Issuer><Issuer>a</Issuer>' }],
  ['an issuer with more inside', { issuer: '<Issuer>provider<x/></Issuer>' }],
  ['no subject', { subject: '' }],
  ['two subjects', { subject: `<Subject>${CONFIRMATION}</Subject>`.repeat(2) }],
  ['a subject of another vocabulary', { subject: `<Subject xmlns="other">${CONFIRMATION}</Subject>` }],
  ['no confirmation', subjectOf(NAME, '')],
  ['two confirmations', subjectOf(NAME, CONFIRMATION.repeat(2))],
  ['another way to confirm', subjectOf(NAME, CONFIRMATION.replace(':bearer', ':holder-of-key'))],
  ['no way to confirm', subjectOf(NAME, CONFIRMATION.replace(/ Method="[^"]*"/, ''))],
  ['a confirmation that says nothing', subjectOf(NAME, CONFIRMATION.replace(DATA, ''))],
  ['a confirmation that says it twice', subjectOf(NAME, CONFIRMATION.replace(DATA, DATA + DATA))],
  ['no recipient', subjectOf(NAME, CONFIRMATION.replace('Recipient="here"', ''))],
  ['no request', subjectOf(NAME, CONFIRMATION.replace('InResponseTo="asked"', ''))],
  ['no end', subjectOf(NAME, CONFIRMATION.replace(/NotOnOrAfter="[^"]*"/, ''))],
  ['an end that is no time', subjectOf(NAME, CONFIRMATION.replace('2026-11-28T10:00:00Z', 'tomorrow'))],
  ['an end without a zone', subjectOf(NAME, CONFIRMATION.replace('00Z"', '00"'))],
  ['two statements of a sign-in', { rest: STATEMENT.repeat(2) }],
  ['an empty index', { rest: '<AuthnStatement SessionIndex=""/>' }],
])('%s is refused', (_says, parts) => {
  expect(read(parts)).toBe('SAML_NOT_READABLE');
});

describe('the longest that is read', () => {
  test.each<[string, number, (text: string) => Parts]>([
    ['id', 200, (text) => ({ id: `ID="${text}"` })],
    ['issuer', 2000, (text) => ({ issuer: `<Issuer>${text}</Issuer>` })],
    ['recipient', 2000, (text) => subjectOf(NAME, CONFIRMATION.replace('here', text))],
    ['request', 2000, (text) => subjectOf(NAME, CONFIRMATION.replace('asked', text))],
    ['name', 2000, (text) => subjectOf(`<NameID>${text}</NameID>`)],
    ['form of the name', 2000, (text) => subjectOf(`<NameID Format="${text}">user</NameID>`)],
    ['index', 2000, (text) => ({ rest: `<AuthnStatement SessionIndex="${text}"/>` })],
  ])('%s', (_what, most, parts) => {
    expect(read(parts('a'.repeat(most)))).toMatchObject({ inResponseTo: expect.anything() });
    expect(read(parts('a'.repeat(most + 1)))).toBe('SAML_NOT_READABLE');
  });
});

describe('attributes', () => {
  const attributesOf = (...statements: string[]) => {
    const rest = statements.map((inside) => `<AttributeStatement>${inside}</AttributeStatement>`).join('');
    const answer = read({ rest });
    if (typeof answer === 'string') throw new Error(answer);
    return [...answer.attributes];
  };
  const attribute = (name: string, ...values: string[]) =>
    `<Attribute ${name}>${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join('')}</Attribute>`;

  test('are read by name, with all values in their order, over all statements', () => {
    const first = attribute('Name="a"', ' one ', 'two') + attribute('Name="b"', 'x');
    expect(attributesOf(first, attribute('Name="a"', 'three'))).toEqual([
      ['a', ['one', 'two', 'three']],
      ['b', ['x']],
    ]);
  });
  test('one without a name is nobody’s, one without a value says nothing', () => {
    expect(attributesOf(attribute('Name="a"'), attribute('', 'x'))).toEqual([
      ['a', []],
      ['', ['x']],
    ]);
  });
  test('a value with elements inside is no text', () => {
    expect(attributesOf(attribute('Name="a"', 'text<x/>', ''))).toEqual([['a', [null, '']]]);
  });
});
