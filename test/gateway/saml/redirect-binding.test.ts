import { beforeAll, describe, expect, test } from '@jest/globals';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { askedByRedirect } from '../../../gateway/saml/logout-bindings.js';
import { providerFor, type IdentityProvider } from '../../../gateway/saml/provider.js';
import { readSignedQuery, redirectAddress } from '../../../gateway/saml/redirect-binding.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';

const NOW = new Date('2026-11-27T10:00:00Z');
const RSA = 'http://www.w3.org/2001/04/xmldsig-more#rsa-';
const messageOf = (issuer: string) =>
  `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"><a:Issuer>${issuer}</a:Issuer></p:LogoutRequest>`;
const MESSAGE = messageOf('https://identity.example');

interface Keys {
  readonly privateKey: KeyObject;
  readonly pem: string;
}

let keys: Keys;
let stranger: Keys;
beforeAll(() => {
  [keys, stranger] = [1, 2].map(() => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }) as string };
  }) as [Keys, Keys];
});

const packed = (text: string | Buffer) => deflateRawSync(Buffer.from(text)).toString('base64');

/** @returns the query of an address with a signed message, with the changes given. */
function query({ message = packed(MESSAGE), relay = '', hash = 'sha256', by = keys } = {}): string {
  const signed = [
    `SAMLRequest=${encodeURIComponent(message)}`,
    ...(relay === '' ? [] : [`RelayState=${encodeURIComponent(relay)}`]),
    `SigAlg=${encodeURIComponent(RSA + hash)}`,
  ].join('&');
  const signature = createSign(hash).update(signed).sign(by.privateKey, 'base64');
  return `${signed}&Signature=${encodeURIComponent(signature)}`;
}
const read = (text: string) => readSignedQuery(text, 'SAMLRequest');
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof SamlRefusal) return [error.code, error.detail].join(' ');
    throw error;
  }
};

describe('a message in an address', () => {
  test.each(['sha256', 'sha512'])('signed with RSA and %s, is read with what came along', (hash) => {
    const found = read(query({ relay: 'a b/+&=', hash }))!;
    expect([found.relayState, found.isSignedBy(keys.pem), found.unpack()]).toEqual([
      'a b/+&=',
      true,
      MESSAGE,
    ]);
  });
  test('without anything along has nothing to give back', () => {
    expect(read(query())).toMatchObject({ relayState: '' });
    expect(read(query())!.isSignedBy(keys.pem)).toBe(true);
  });
  test('with things nobody knows is read over them', () => {
    expect(read(`lang=da&${query()}&lang=en`)!.isSignedBy(keys.pem)).toBe(true);
  });
  test('may write a space as a plus', () => {
    const spaced = query({ relay: 'a b' }).replace('a%20b', 'a+b');
    expect(read(spaced)).toMatchObject({ relayState: 'a b' });
  });
  test('may be an answer, where one is wanted, and comes once', () => {
    const answer = query().replace('SAMLRequest=', 'SAMLResponse=');
    expect(readSignedQuery(answer, 'SAMLResponse')!.unpack()).toBe(MESSAGE);
    expect(readSignedQuery(`${answer}&SAMLResponse=a`, 'SAMLResponse')).toBeUndefined();
  });
  test('made by us is read by the other side', () => {
    const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const outgoing = { name: 'SAMLRequest' as const, xml: MESSAGE, relayState: 'kept/as it+was' };
    for (const [address, begins] of [
      ['https://identity.example/logout', 'https://identity.example/logout?SAMLRequest='],
      ['https://identity.example/logout?a=1', 'https://identity.example/logout?a=1&SAMLRequest='],
    ] as const) {
      const url = redirectAddress(address, outgoing, pem);
      expect(url.startsWith(begins)).toBe(true);
      const found = read(url.slice(url.indexOf('?') + 1))!;
      expect([found.relayState, found.isSignedBy(keys.pem), found.unpack()]).toEqual([
        outgoing.relayState,
        true,
        MESSAGE,
      ]);
    }
    const bare = redirectAddress('https://a', { ...outgoing, relayState: '' }, pem);
    expect(bare).toMatch(/^https:\/\/a\?SAMLRequest=[\w%]+&SigAlg=[\w%.-]+&Signature=[\w%]+$/);
    expect(new URL(bare).searchParams.get('SAMLRequest')).toBe(packed(MESSAGE));
  });
});

describe('a signature counts for nothing', () => {
  test.each<[string, () => string]>([
    ['of another key', () => query({ by: stranger })],
    ['when the message was changed', () => query().replace(/SAMLRequest=./, 'SAMLRequest=A')],
    ['when what came along was changed', () => query({ relay: 'one' }).replace('=one', '=two')],
    ['when what came along was taken out', () => query({ relay: 'one' }).replace('&RelayState=one', '')],
    ['when something was put along', () => query().replace('&SigAlg', '&RelayState=one&SigAlg')],
    [
      'when another algorithm is named than it was made with',
      () => query({ hash: 'sha512' }).replace('rsa-sha512', 'rsa-sha256'),
    ],
  ])('%s', (_says, made) => expect(read(made())!.isSignedBy(keys.pem)).toBe(false));
});

describe('a query is no message', () => {
  test.each<[string, () => string]>([
    ['without the message', () => query().replace('SAMLRequest=', 'SAMLNothing=')],
    ['with an answer where a request is wanted', () => query().replace('SAMLRequest=', 'SAMLResponse=')],
    ['without an algorithm', () => query().replace('SigAlg=', 'sigalg=')],
    ['without a signature', () => query().replace('Signature=', 'signature=')],
    ['with the message twice', () => `${query()}&SAMLRequest=a`],
    ['with a signature twice', () => `${query()}&Signature=a`],
    ['with two things along', () => `${query({ relay: 'a' })}&RelayState=b`],
    ['by SHA-1', () => query({ hash: 'sha1' })],
    [
      'by an algorithm named like a member of every object',
      () => query().replace(/SigAlg=[^&]*/, 'SigAlg=constructor'),
    ],
    ['with a message that is no text', () => query().replace('SAMLRequest=', 'SAMLRequest=%FF')],
    ['with a signature that is no text', () => query().replace('Signature=', 'Signature=%FF')],
    [
      'with something along that is no text',
      () => query({ relay: 'a' }).replace('RelayState=', 'RelayState=%FF'),
    ],
    ['of more than 16 kB', () => `${query()}&a=${'x'.repeat(16_384)}`],
    ['of nothing', () => ''],
  ])('%s', (_says, made) => expect(read(made())).toBeUndefined());

  test('of 16 kB is one still', () => {
    const made = query();
    expect(read(`${made}&a=${'x'.repeat(16_384 - made.length - 3)}`)).toBeDefined();
    expect(read(`${made}&a=${'x'.repeat(16_385 - made.length - 3)}`)).toBeUndefined();
  });
});

describe('what is unpacked', () => {
  test.each<[string, () => string]>([
    ['is packed', () => Buffer.from('not packed').toString('base64')],
    ['is UTF-8', () => packed(Buffer.from([0xff, 0xfe]))],
    ['is no more than 64 kB', () => packed('a'.repeat((64 << 10) + 1))],
  ])('%s', (_says, message) => {
    expect(codeOf(() => read(query({ message: message() }))!.unpack())).toBe('SAML_NOT_READABLE DEFLATE');
  });
  test('may be 64 kB', () => {
    expect(read(query({ message: packed('a'.repeat(64 << 10)) }))!.unpack()).toHaveLength(64 << 10);
  });
});

describe('a logout asked for by an address', () => {
  const provider = (entityId: string, ...certificates: string[]): IdentityProvider => ({
    name: entityId,
    entityId,
    ssoUrl: `${entityId}/login`,
    cvr: '12345678',
    delegated: [],
    certificates,
  });
  const asked = (text: string, providers: IdentityProvider[]) => askedByRedirect(text, providers, NOW);

  test('is its issuer’s, when that one signed', () => {
    const [first, second] = [
      provider('https://other.example', stranger.pem),
      provider('https://identity.example', stranger.pem, keys.pem),
    ];
    expect(asked(query({ relay: 'kept' }), [first, second])).toEqual({
      provider: second,
      text: MESSAGE,
      relayState: 'kept',
      binding: 'redirect',
    });
  });
  test.each<[string, () => string, () => IdentityProvider[], string]>([
    [
      'signed by nobody we know',
      () => query({ by: stranger }),
      () => [provider('https://identity.example', keys.pem)],
      'SAML_INVALID SIGNATURE',
    ],
    [
      'signed by one provider in another’s name',
      () => query(),
      () => [provider('https://identity.example', stranger.pem), provider('https://other.example', keys.pem)],
      'SAML_ISSUER ',
    ],
    ['not signed', () => '', () => [provider('https://identity.example', keys.pem)], 'SAML_INVALID LOGOUT'],
    [
      'with far too much along',
      () => query({ relay: 'x'.repeat(1001) }),
      () => [provider('https://identity.example', keys.pem)],
      'SAML_INVALID LOGOUT',
    ],
    [
      'packed beyond bounds, by somebody unknown: it is not unpacked',
      () => query({ message: packed('a'.repeat(1 << 20)), by: stranger }),
      () => [provider('https://identity.example', keys.pem)],
      'SAML_INVALID SIGNATURE',
    ],
  ])('is refused: %s', (_says, text, providers, code) => {
    expect(codeOf(() => asked(text(), providers()))).toBe(code);
  });
  test('may bring 1,000 characters along', () => {
    const relay = 'x'.repeat(1000);
    const found = asked(query({ relay }), [provider('https://identity.example', keys.pem)]);
    expect(found.relayState).toBe(relay);
  });
  test('the provider of an authority is its own before one that may by delegation', () => {
    const own = { ...provider('https://own', keys.pem), cvr: '12345678' };
    const other = {
      ...provider('https://other', keys.pem),
      cvr: '23456780',
      delegated: ['12345678', '34567892'],
    };
    expect(providerFor([other, own], '12345678')).toBe(own);
    expect(providerFor([own, other], '34567892')).toBe(other);
    expect(providerFor([own, other], '45678904')).toBeUndefined();
  });
});
