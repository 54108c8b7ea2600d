import { beforeAll, describe, expect, test } from '@jest/globals';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { currentCertificates, currentKeys, providerShape } from '../../../gateway/saml/provider.js';
import { developmentSamlKeys } from '../../../seed/development/saml-keys.js';
import { temporaryDirectory } from '../../kit/store.js';

let certificate: string;
let bare: string;
let privateKey: string;
beforeAll(async () => {
  const directory = temporaryDirectory();
  ({ certificate, key: privateKey } = (await developmentSamlKeys(directory.path)).provider);
  directory.remove();
  certificate = certificate.trim();
  bare = createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString().trim();
});

const provider = (change: object = {}) => ({
  name: 'Prøve',
  entityId: 'e',
  ssoUrl: 'https://identity.example/login',
  cvr: '12345678',
  certificates: [certificate],
  ...change,
});
/** @returns where a provider breaks a rule, and which; nothing when it is taken */
const broken = (change: object) =>
  providerShape
    .safeParse(provider(change))
    .error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];

describe('a provider may have', () => {
  test.each<[string, () => object]>([
    ['a name of a hundred characters', () => ({ name: 'x'.repeat(100) })],
    ['a name and an id of one', () => ({ name: 'x', entityId: 'x' })],
    ['an address for logout', () => ({ sloUrl: 'https://identity.example/logout' })],
    ['authorities by delegation', () => ({ delegated: ['23456780', '34567892'] })],
    ['three certificates', () => ({ certificates: [certificate, bare, certificate] })],
    ['a bare public key', () => ({ certificates: [bare] })],
  ])('%s', (_says, change) => expect(broken(change())).toEqual([]));
  test('its certificate in one line, as settings are written', () => {
    const lines = ` ${certificate.replaceAll('\n', '\\n')} \n`;
    expect(providerShape.parse(provider({ certificates: [lines] })).certificates).toEqual([certificate]);
  });
  test('no authorities by delegation, which is none', () => {
    expect(providerShape.parse(provider()).delegated).toEqual([]);
  });
});

describe('a provider never has', () => {
  const NO_PEM = 'a PEM certificate that can be read';
  test.each<[string, () => object, string]>([
    ['no name', () => ({ name: '' }), 'name'],
    ['a longer name', () => ({ name: 'x'.repeat(101) }), 'name'],
    ['no id', () => ({ entityId: '' }), 'entityId'],
    ['an address that is none', () => ({ ssoUrl: 'login' }), 'ssoUrl'],
    ['nine digits', () => ({ cvr: '123456789' }), 'cvr'],
    ['digits behind something', () => ({ cvr: 'x12345678' }), 'cvr'],
    ['nine digits by delegation', () => ({ delegated: ['123456789'] }), 'delegated.0'],
    ['digits behind something by delegation', () => ({ delegated: ['x12345678'] }), 'delegated.0'],
    ['no certificate', () => ({ certificates: [] }), 'certificates'],
    ['four certificates', () => ({ certificates: [bare, bare, bare, bare] }), 'certificates'],
    ['what nobody knows', () => ({ other: 1 }), ''],
  ])('%s', (_says, change, field) => expect(broken(change()).map(([path]) => path)).toEqual([field]));
  test.each<[string, () => string]>([
    ['a text', () => 'text'],
    ['a certificate cut off', () => certificate.slice(0, 200)],
    ['a certificate behind something', () => `x${certificate}`],
    ['a certificate behind a line', () => `text\n${certificate}`],
    ['a private key', () => privateKey],
    ['what only begins like one', () => '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----'],
  ])('for a certificate %s', (_says, text) => {
    expect(broken({ certificates: [text()] })).toEqual([['certificates.0', NO_PEM]]);
  });
});

test('certificates count until they run out, and a bare key always', () => {
  const both = providerShape.parse(provider({ certificates: [certificate, bare] }));
  const end = new Date(new X509Certificate(certificate).validTo);
  const before = new Date(end.getTime() - 1);
  expect(currentCertificates(both, before)).toEqual([certificate, bare]);
  expect(currentCertificates(both, end)).toEqual([bare]);
  expect(
    currentKeys(both, before).map(({ key }) => key.export({ type: 'spki', format: 'pem' }).toString().trim()),
  ).toEqual([bare, bare]);
});
