import { beforeAll, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { CONTENT_CIPHERS, KEY_TRANSPORTS } from '../../../gateway/saml/algorithms.js';
import { SERVED, serviceMetadata } from '../../../gateway/saml/metadata.js';
import { developmentSamlKeys } from '../../../seed/development/saml-keys.js';
import { childrenOf, readXml } from '../../../subgraphs/shared/identity/xml-document.js';
import { temporaryDirectory } from '../../kit/store.js';

let certificate: string;
let text: string;
beforeAll(async () => {
  const directory = temporaryDirectory();
  ({ certificate } = (await developmentSamlKeys(directory.path)).service);
  directory.remove();
  text = serviceMetadata('https://overblik.example/a&b', certificate);
});

const LIMITS = { depth: 32, elements: 100, attributes: 32, namespaces: 32, value: 4096 };
const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-';
const read = () => readXml(text, LIMITS);
const attributes = (element: ReturnType<typeof read>) =>
  Object.fromEntries(element.attributes.map(({ name, value }) => [name, value]));

test('the service is named, and says that it signs and wants to be signed to', () => {
  const root = read();
  const [descriptor, ...others] = root.children;
  expect([root.name, root.namespace, others]).toEqual(['EntityDescriptor', METADATA, []]);
  expect(attributes(root)['entityID']).toBe('https://overblik.example/a&b/saml/metadata');
  expect(attributes(descriptor!)).toMatchObject({
    AuthnRequestsSigned: 'true',
    WantAssertionsSigned: 'true',
    protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
  });
  expect(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<EntityDescriptor ')).toBe(true);
});

test('its addresses are those that are served, by the ways they are served', () => {
  const [descriptor] = read().children;
  const places = (name: string) => childrenOf(descriptor!, name).map(attributes);
  const at = 'https://overblik.example/a&b/saml';
  expect(places('SingleLogoutService')).toEqual([
    { Binding: `${BINDING}Redirect`, Location: `${at}/logout` },
    { Binding: `${BINDING}POST`, Location: `${at}/logout` },
  ]);
  expect(places('AssertionConsumerService')).toEqual([
    { index: '0', isDefault: 'true', Binding: `${BINDING}POST`, Location: `${at}/acs` },
  ]);
  expect(SERVED.metadata.path).toBe('/saml/metadata');
});

test('its key is there to verify with and to encrypt with, and how to encrypt', () => {
  const [descriptor] = read().children;
  const [signing, encryption, ...others] = childrenOf(descriptor!, 'KeyDescriptor');
  const key = new X509Certificate(certificate).raw.toString('base64');
  for (const [descriptorOfKey, use] of [
    [signing!, 'signing'],
    [encryption!, 'encryption'],
  ] as const) {
    expect(attributes(descriptorOfKey)).toEqual({ use });
    const [info] = childrenOf(descriptorOfKey, 'KeyInfo');
    expect(info!.children[0]!.children[0]).toMatchObject({ name: 'X509Certificate', text: key });
  }
  const methods = childrenOf(encryption!, 'EncryptionMethod').map((method) => [
    attributes(method)['Algorithm'],
    ...method.children.map(({ name, ...rest }) => [name, attributes({ name, ...rest })['Algorithm']]),
  ]);
  const transports = KEY_TRANSPORTS.map(({ algorithm, digest, mask }) => [
    algorithm,
    ['DigestMethod', digest],
    ...(mask === null ? [] : [['MGF', mask]]),
  ]);
  expect(methods).toEqual([...CONTENT_CIPHERS.map((algorithm) => [algorithm]), ...transports]);
  expect([others, childrenOf(signing!, 'EncryptionMethod')]).toEqual([[], []]);
  // Nothing stands between the elements but line ends.
  expect(
    text
      .replace(/<[^>]*>/g, '')
      .replaceAll(key, '')
      .trim(),
  ).toBe('');
});
