import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTheOpen, MAX_RESPONSE, readResponse } from '../../../gateway/saml/response.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { encryptAssertion, responseXml, type ResponseSpec } from '../../../seed/development/saml-response.js';
import { temporaryDirectory } from '../../kit/store.js';

let keys: SamlKeys;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
});

const SPEC: ResponseSpec = {
  issuer: 'provider',
  destination: 'here',
  audience: 'here',
  inResponseTo: 'asked',
  nameId: 'user',
  attributes: {},
  sessionIndex: 'index',
  now: new Date('2026-11-28T10:00:00Z'),
  seconds: 60,
};
const ASSERTION = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="one"/>';
const base64 = (xml: string) => Buffer.from(xml).toString('base64');
const response = (inside = ASSERTION, change: Partial<ResponseSpec> = {}) =>
  responseXml({ ...SPEC, ...change }, inside, 'envelope');
const encrypted = (inside: string) => encryptAssertion(inside, keys.service.certificate);

const outcome = async <T>(act: () => T | Promise<T>) => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SamlRefusal) return [error.code, error.detail];
    throw error;
  }
};
const read = (xml: string) => outcome(() => readResponse(base64(xml)));
const open = (xml: string) => outcome(() => inTheOpen(readResponse(base64(xml)), keys.service.key));
const NOT_READABLE = ['SAML_NOT_READABLE', null];

describe('an envelope', () => {
  test('says what it answers, where it is for and whose it is', async () => {
    expect(await read(response())).toMatchObject({
      xml: response(),
      inResponseTo: 'asked',
      destination: 'here',
      issuer: 'provider',
    });
  });
  test.each<[string, string]>([
    ['of another message', response().replaceAll('samlp:Response', 'samlp:ArtifactResponse')],
    ['of another vocabulary', response().replace('SAML:2.0:protocol', 'SAML:3.0:protocol')],
    ['that answers nothing', response().replace('InResponseTo="asked"', '')],
    ['that answers a request without a name', response(ASSERTION, { inResponseTo: '' })],
    ['without a destination', response().replace('Destination="here"', '')],
    ['without an issuer', response().replace(/<saml:Issuer.*?<\/saml:Issuer>/, '')],
  ])('%s is refused', async (_says, xml) => {
    expect(await read(xml)).toEqual(NOT_READABLE);
  });
  test('names its request in 200 characters at most', async () => {
    const answering = (length: number) => read(response(ASSERTION, { inResponseTo: 'a'.repeat(length) }));
    expect(await answering(200)).toMatchObject({ inResponseTo: 'a'.repeat(200) });
    expect(await answering(201)).toEqual(NOT_READABLE);
  });
  test('is read up to its longest, and not looked at beyond', async () => {
    expect(MAX_RESPONSE).toBe(262_144);
    const padded = (length: number) => outcome(() => readResponse(base64(response()).padEnd(length, ' ')));
    expect(await padded(MAX_RESPONSE)).toMatchObject({ inResponseTo: 'asked' });
    expect(await padded(MAX_RESPONSE + 1)).toEqual(['SAML_TOO_LARGE', null]);
  });
});

describe('in the open', () => {
  const around = (inside: string, id = 'asked') =>
    `<around:Response xmlns:around="urn:oasis:names:tc:SAML:2.0:protocol" InResponseTo="${id}">${inside}</around:Response>`;

  test('stands what was never hidden, as it came', async () => {
    expect(await open(response())).toBe(response());
  });
  test('stands what was encrypted, in an envelope of ours', async () => {
    expect(await open(response(await encrypted(ASSERTION)))).toBe(around(ASSERTION));
  });
  test('stands the assertion alone, whatever stood around it', async () => {
    const whole = `<?xml version="1.0"?><!-- before -->${ASSERTION}<!-- after -->`;
    expect(await open(response(await encrypted(whole)))).toBe(around(ASSERTION));
  });
  test('the request’s name stays one attribute', async () => {
    const opened = await open(response(await encrypted(ASSERTION), { inResponseTo: `a"'<>&b` }));
    expect(opened).toBe(around(ASSERTION, 'a&#34;&#39;&#60;&#62;&#38;b'));
  });
  test('what is encrypted elsewhere is not what is opened', async () => {
    const other = (await encrypted(ASSERTION.replace('one', 'other'))).replaceAll(
      'EncryptedAssertion',
      'EncryptedID',
    );
    const inside = `<samlp:Extensions>${other}</samlp:Extensions>${await encrypted(ASSERTION)}`;
    expect(await open(response(inside))).toBe(around(ASSERTION));
  });
  test('elements whose names hold an assertion’s are none', async () => {
    const inside = `<samlp:Extensions><AssertionIDRef/><MyAssertion/></samlp:Extensions>${ASSERTION}`;
    expect(await open(response(inside))).toBe(response(inside));
  });
  test.each<[string, () => string | Promise<string>, readonly unknown[]]>([
    ['no assertion', () => response(''), ['SAML_INVALID', 'ASSERTIONS']],
    ['two', () => response(ASSERTION + ASSERTION), ['SAML_INVALID', 'ASSERTIONS']],
    [
      'one open, one encrypted',
      async () => response(ASSERTION + (await encrypted(ASSERTION))),
      ['SAML_INVALID', 'ASSERTIONS'],
    ],
    [
      'one that is not the envelope’s own child',
      () => response(`<samlp:Extensions>${ASSERTION}</samlp:Extensions>`),
      ['SAML_INVALID', 'ASSERTIONS'],
    ],
    [
      'something else, encrypted',
      async () => response(await encrypted(ASSERTION.replace('saml:Assertion', 'saml:Advice'))),
      ['SAML_INVALID', 'NOT_DECRYPTED'],
    ],
    [
      'an outcome that is no success, whatever stands inside',
      () => response().replace('status:Success', 'status:Responder'),
      ['SAML_STATUS', null],
    ],
    ['no outcome', () => response().replace(/<samlp:Status>.*<\/samlp:Status>/, ''), ['SAML_STATUS', null]],
  ])('%s is refused', async (_says, xml, refusal) => {
    expect(await open(await xml())).toEqual(refusal);
  });
});
