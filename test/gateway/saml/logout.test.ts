import { beforeAll, describe, expect, test } from '@jest/globals';
import { encrypt } from 'xml-encryption';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { askedByPost } from '../../../gateway/saml/logout-bindings.js';
import { readLogoutRequest } from '../../../gateway/saml/logout-request.js';
import { signedMessage } from '../../../gateway/saml/logout-response.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { KORSBAEK } from '../../../seed/authorities.js';
import { temporaryDirectory } from '../../kit/store.js';

const PROVIDER = 'https://identity.example/metadata';
const LOGOUT = 'https://overblik.example/saml/logout';
const NOW = new Date('2026-11-27T10:00:00Z');

let keys: SamlKeys;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
});

const request = ({ at = NOW, destination = LOGOUT, indexes = ['one', 'two'] } = {}) =>
  `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="${at.toISOString()}" Destination="${destination}">` +
  `<a:Issuer>${PROVIDER}</a:Issuer><a:NameID>user</a:NameID>${indexes.map((index) => `<p:SessionIndex>${index}</p:SessionIndex>`).join('')}</p:LogoutRequest>`;

/** @returns what is read of a posted message, or why it is refused. */
async function read(xml: string) {
  const provider = {
    name: 'Prøve',
    entityId: PROVIDER,
    ssoUrl: 'https://identity.example/login',
    cvr: KORSBAEK,
    delegated: [],
    certificates: [keys.provider.certificate],
  };
  const checks = {
    issuer: PROVIDER,
    destination: LOGOUT,
    key: keys.service.key,
    now: NOW,
    clockSkewMs: 30_000,
  };
  try {
    const form = { SAMLRequest: Buffer.from(xml).toString('base64') };
    return await readLogoutRequest(askedByPost(form, [provider], new Date()).text, checks);
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code;
    throw error;
  }
}

describe('a logout request by form', () => {
  test('is read with every session it names', async () => {
    expect(await read(signedMessage(request(), keys.provider))).toEqual({
      id: '_1',
      nameId: 'user',
      sessionIndexes: ['one', 'two'],
    });
  });
  test.each<[string, () => string, string]>([
    ['not signed', () => request(), 'SAML_INVALID'],
    ['signed by somebody else', () => signedMessage(request(), keys.service), 'SAML_INVALID'],
    [
      'changed after it was signed',
      () => signedMessage(request(), keys.provider).replace('>user<', '>other<'),
      'SAML_INVALID',
    ],
    [
      'for another address',
      () => signedMessage(request({ destination: 'https://other.example' }), keys.provider),
      'SAML_DESTINATION',
    ],
    [
      'an hour old',
      () => signedMessage(request({ at: new Date(NOW.getTime() - 3_600_000) }), keys.provider),
      'SAML_INVALID',
    ],
    [
      'an hour early',
      () => signedMessage(request({ at: new Date(NOW.getTime() + 3_600_000) }), keys.provider),
      'SAML_INVALID',
    ],
  ])('%s: refused', async (_says, xml, code) => expect(await read(xml())).toBe(code));
});

describe('a logout request that was signed is', () => {
  const checks = () => ({
    issuer: PROVIDER,
    destination: LOGOUT,
    key: keys.service.key,
    now: NOW,
    clockSkewMs: 30_000,
  });
  const taken = async (xml: string, change: Partial<ReturnType<typeof checks>> = {}): Promise<string> => {
    try {
      await readLogoutRequest(xml, { ...checks(), ...change });
      return 'taken';
    } catch (error) {
      if (error instanceof SamlRefusal) return error.code;
      throw error;
    }
  };
  const at = (seconds: number) => request({ at: new Date(NOW.getTime() + seconds * 1000) });
  const until = (seconds: number) =>
    request().replace(
      ' Destination=',
      ` NotOnOrAfter="${new Date(NOW.getTime() + seconds * 1000).toISOString()}" Destination=`,
    );
  test.each<[string, () => string, string]>([
    ['five minutes and the clocks’ difference old', () => at(-330), 'taken'],
    ['a millisecond older', () => at(-330.001), 'SAML_INVALID'],
    ['ahead by the clocks’ difference', () => at(30), 'taken'],
    ['a millisecond further ahead', () => at(30.001), 'SAML_INVALID'],
    ['good until now', () => until(0), 'taken'],
    ['over, within the clocks’ difference', () => until(-29.999), 'taken'],
    ['over by the clocks’ difference', () => until(-30), 'SAML_INVALID'],
    ['without a time', () => request().replace(/IssueInstant="[^"]*" /, ''), 'SAML_NOT_READABLE'],
    ['without an id', () => request().replace('ID="_1" ', ''), 'SAML_NOT_READABLE'],
    ['without a name', () => request().replace('<a:NameID>user</a:NameID>', ''), 'SAML_NOT_READABLE'],
    [
      'with two names',
      () => request().replace('</a:NameID>', '</a:NameID><a:NameID>other</a:NameID>'),
      'SAML_NOT_READABLE',
    ],
    ['with an empty name', () => request().replace('>user<', '><'), 'SAML_NOT_READABLE'],
    ['with a name as long as may be', () => request().replace('>user<', `>${'u'.repeat(2000)}<`), 'taken'],
    ['with a longer name', () => request().replace('>user<', `>${'u'.repeat(2001)}<`), 'SAML_NOT_READABLE'],
    ['with an id as long as may be', () => request().replace('"_1"', `"${'_'.repeat(200)}"`), 'taken'],
    ['with a longer id', () => request().replace('"_1"', `"${'_'.repeat(201)}"`), 'SAML_NOT_READABLE'],
    ['for every session of the person', () => request({ indexes: [] }), 'taken'],
    ['with a hundred sessions', () => request({ indexes: Array.from({ length: 100 }, String) }), 'taken'],
    [
      'with a session more',
      () => request({ indexes: Array.from({ length: 101 }, String) }),
      'SAML_NOT_READABLE',
    ],
    ['another message', () => request().replaceAll('LogoutRequest', 'LogoutResponse'), 'SAML_NOT_READABLE'],
    [
      'of another protocol',
      () => request().replace('SAML:2.0:protocol', 'SAML:1.1:protocol'),
      'SAML_NOT_READABLE',
    ],
  ])('%s: %s', async (_says, xml, code) => expect(await taken(xml())).toBe(code));

  test('refused for another issuer than signed it, and for another address', async () => {
    expect(await taken(request(), { issuer: 'https://other.example' })).toBe('SAML_ISSUER');
    expect(await taken(request(), { destination: 'https://other.example' })).toBe('SAML_DESTINATION');
  });
});

describe('a name that comes encrypted', () => {
  const NAME = '<a:NameID xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">\n user </a:NameID>';
  const encrypted = (text: string) =>
    new Promise<string>((resolve, reject) =>
      encrypt(
        text,
        {
          rsa_pub: keys.service.certificate,
          pem: keys.service.certificate,
          encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
          keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
        },
        (error, result) => (error ? reject(error) : resolve(String(result))),
      ),
    );
  const readWith = async (inside: string) => {
    const name = `<a:EncryptedID>${await encrypted(inside)}</a:EncryptedID>`;
    return read(signedMessage(request().replace('<a:NameID>user</a:NameID>', name), keys.provider));
  };
  test('is opened, and the request read with it', async () => {
    expect(await readWith(NAME)).toEqual({ id: '_1', nameId: 'user', sessionIndexes: ['one', 'two'] });
  });
  test.each([
    ['something else was encrypted', NAME.replaceAll('NameID', 'Name')],
    ['there are elements inside', NAME.replace('user', '<a:b/>user')],
    ['nothing is inside', NAME.replace(/\s*user\s*/, '')],
  ])('is none when %s', async (_says, inside) => {
    expect(await readWith(inside)).toBe('SAML_NOT_READABLE');
  });
});

test('names of sessions are read without the blanks around them, and a request out of time says so', async () => {
  const spaced = request({ indexes: ['\n one '] });
  expect(await read(signedMessage(spaced, keys.provider))).toMatchObject({ sessionIndexes: ['one'] });
  const checks = { issuer: PROVIDER, destination: LOGOUT, key: keys.service.key, clockSkewMs: 0 };
  await expect(readLogoutRequest(request(), { ...checks, now: new Date(0) })).rejects.toMatchObject({
    code: 'SAML_INVALID',
    detail: 'TIME',
  });
});

describe('a form is no logout request', () => {
  const asked = (form: Record<string, unknown>) => {
    try {
      return askedByPost(form, [], NOW).text;
    } catch (error) {
      if (error instanceof SamlRefusal)
        return [error.code, ...(error.detail === null ? [] : [error.detail])].join(' ');
      throw error;
    }
  };
  test.each<[string, Record<string, unknown>, string]>([
    ['without a message', {}, 'SAML_INVALID LOGOUT'],
    ['with a list for a message', { SAMLRequest: ['a'] }, 'SAML_INVALID LOGOUT'],
    ['with a list along', { SAMLRequest: 'a', RelayState: ['a'] }, 'SAML_INVALID LOGOUT'],
    ['with too much along', { SAMLRequest: 'a', RelayState: 'x'.repeat(1001) }, 'SAML_INVALID LOGOUT'],
    ['with too long a message', { SAMLRequest: 'A'.repeat((64 << 10) + 1) }, 'SAML_TOO_LARGE'],
    ['as long as may be, that is none', { SAMLRequest: 'A'.repeat(64 << 10) }, 'SAML_NOT_READABLE NOT_XML'],
    ['of an issuer nobody knows', { SAMLRequest: Buffer.from(request()).toString('base64') }, 'SAML_ISSUER'],
  ])('%s', (_says, form, code) => expect(asked(form)).toBe(code));
});
