import { beforeAll, describe, expect, test } from '@jest/globals';
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
