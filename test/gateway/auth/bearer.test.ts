import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  SignJWT,
  UnsecuredJWT,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
} from 'jose';
import {
  bearerVerifier,
  type ForeignToken,
  type TokenAlgorithm,
  type TrustedIssuer,
} from '../../../gateway/auth/bearer.js';
import { remoteKeys } from '../../../gateway/auth/remote-keys.js';
import { BAD_TEXTS, TURNED } from '../../kit/bad-texts.js';
import { newKey, publicKey } from '../../../subgraphs/shared/settings/keys.js';

const ISSUER = 'https://idp.example.test';
const NOW = new Date('2026-03-01T12:00:00Z');
const seconds = NOW.getTime() / 1000;

let key: JWK;
let stranger: JWK;
const recorded: (ForeignToken & { readonly requestId: string })[] = [];
const verifierOf = (issuers: readonly TrustedIssuer[], now = () => NOW) => {
  const verifier = bearerVerifier(issuers, 'overblik', now, (foreign, requestId) => {
    recorded.push({ ...foreign, requestId });
    return Promise.resolve();
  });
  return (token: string) => verifier(token, 'request');
};
const trusted = (change: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  issuer: ISSUER,
  keys: createLocalJWKSet({ keys: [publicKey(key)] }),
  algorithms: ['ES256'],
  cvrs: ['12345678'],
  ...change,
});
let verify: ReturnType<typeof verifierOf>;
beforeAll(async () => {
  [key, stranger] = await Promise.all([newKey(), newKey()]);
  verify = verifierOf([trusted()]);
});
beforeEach(() => void recorded.splice(0));

const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: 'overblik',
  sub: 'user',
  iat: seconds,
  exp: seconds + 3600,
  jti: randomUUID(),
  cvr: '12345678',
  job_function_roles: ['role'],
  loa: 'Substantial',
  ...change,
});
const token = async (payload: JWTPayload, header: object = {}, by: JWK = key) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: by.kid!, ...header })
    .sign(await importJWK(by, 'ES256'));

test('a token of a trusted issuer gives its facts', async () => {
  expect(await verify(await token(claims()))).toEqual({
    subject: 'user',
    cvr: '12345678',
    roles: [{ uri: 'role', scope: '12345678' }],
    voids: [],
    assurance: 'SUBSTANTIAL',
    issuedAt: expect.any(Number),
    unit: null,
    personId: null,
    expiresAt: seconds + 3600,
  });
});

/** Every claim that is a text, with each kind of text that is none. */
function badTexts(): [string, () => Promise<string>][] {
  const claimed = ['sub', 'jti', 'loa', 'unit', 'person_id', 'cvr', 'privileges'];
  return BAD_TEXTS.flatMap(([says, text]) => [
    // An assurance that is empty says nothing, and is the lowest.
    ...claimed
      .filter((name) => name !== 'loa' || text !== '')
      .map((name): [string, () => Promise<string>] => [
        `${says} as ${name}`,
        () => token(claims({ [name]: text })),
      ]),
    ...(says === TURNED
      ? []
      : [[`${says} as a role`, () => token(claims({ job_function_roles: [text] }))] as const]),
  ]) as [string, () => Promise<string>][];
}

test('a role is kept composed, without what turns its direction; a subject is composed', async () => {
  const written = claims({ sub: 'A\u030Ase', job_function_roles: ['http://a/A\u030A\u202E'] });
  expect(await verify(await token(written))).toMatchObject({
    subject: 'Åse',
    roles: [{ uri: 'http://a/Å', scope: '12345678' }],
  });
});

describe('every other token gives nothing', () => {
  test.each<[string, () => Promise<string> | string]>([
    ['garbage', () => 'x.y.z'],
    ['alg none', () => new UnsecuredJWT(claims()).encode()],
    ['another key', () => token(claims(), {}, stranger)],
    ['another key under the trusted id', () => token(claims(), { kid: key.kid! }, stranger)],
    [
      'its own key in the header',
      () => token(claims(), { kid: stranger.kid!, jwk: publicKey(stranger) }, stranger),
    ],
    [
      'a key at an address of its own',
      () => token(claims(), { jku: 'http://127.0.0.1:1/k', x5u: 'http://127.0.0.1:1/c' }, stranger),
    ],
    ['a key id that is a path', () => token(claims(), { kid: '../../dev/null' }, stranger)],
    ['a key id that is an operator', () => token(claims(), { kid: { $ne: null } }, stranger)],
    ['a cut signature', async () => (await token(claims())).slice(0, -10)],
    [
      'the public key as an HMAC secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(publicKey(key)));
        return new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key.kid! })
          .sign(secret);
      },
    ],
    ['another issuer', () => token(claims({ iss: `${ISSUER}/` }))],
    ['another audience', () => token(claims({ aud: 'overblik2' }))],
    ['no audience', () => token(claims({ aud: undefined as never }))],
    ['an ID token (typ)', () => token(claims(), { typ: 'JWT' })],
    ['expired', () => token(claims({ iat: seconds - 7200, exp: seconds - 60 }))],
    ['no expiry', () => token(claims({ exp: undefined as never }))],
    ['an expiry in the year 9999', () => token(claims({ exp: 253_370_764_800 }))],
    ['not yet valid', () => token(claims({ nbf: seconds + 600 }))],
    ['issued in the future', () => token(claims({ iat: seconds + 600, exp: seconds + 900 }))],
    ['no id', () => token(claims({ jti: undefined as never }))],
    ['no municipality', () => token(claims({ cvr: undefined as never }))],
    ['a municipality of the wrong shape', () => token(claims({ cvr: { $ne: null } }))],
    ['roles as a text', () => token(claims({ job_function_roles: '*' }))],
    ['roles as an object', () => token(claims({ job_function_roles: { 0: 'role' } }))],
    [
      '10,000 roles',
      () => token(claims({ job_function_roles: Array.from({ length: 10_000 }, (_, i) => `r${i}`) })),
    ],
    ['a subject as an object', () => token(claims({ sub: { $gt: '' } as never }))],
    ...badTexts(),
    ['20 kB', () => token(claims({ padding: 'x'.repeat(20_000) }))],
  ])('%s', async (_what, make) => {
    expect(await verify(await make())).toBeUndefined();
    expect(recorded).toEqual([]);
  });
});

test('a remembered token ends with its expiry, not with the cache', async () => {
  let now = NOW;
  const clocked = verifierOf([trusted()], () => now);
  const short = await token(claims({ exp: seconds + 5 }));
  expect(await clocked(short)).toBeDefined();
  now = new Date((seconds + 6) * 1000);
  expect(await clocked(short)).toBeUndefined();
});

test('an issuer’s tokens bear the signatures it is configured with, and no other, whatever its keys can do', async () => {
  const { privateKey, publicKey: open } = await generateKeyPair('RS256', { extractable: true });
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(open)), kid: 'rsa' }] });
  const signed = (alg: string) =>
    new SignJWT(claims()).setProtectedHeader({ alg, typ: 'at+jwt', kid: 'rsa' }).sign(privateKey);
  const verifierFor = (algorithms: readonly TokenAlgorithm[]) => verifierOf([trusted({ keys, algorithms })]);
  expect(await verifierFor(['RS256'])(await signed('RS256'))).toMatchObject({ subject: 'user' });
  expect(await verifierFor(['ES256'])(await signed('RS256'))).toBeUndefined();
});

describe('an issuer speaks for the authorities that it is configured with', () => {
  const otherKeys = () => createLocalJWKSet({ keys: [publicKey(stranger)] });
  const other = () =>
    trusted({ issuer: 'https://other.example.test', keys: otherKeys(), cvrs: ['23456780'] });
  const ofOther = (cvr: string) => token(claims({ iss: 'https://other.example.test', cvr }), {}, stranger);

  test.each([
    ['its own', ['12345678'], '12345678', true],
    ['one of several', ['87654321', '12345678'], '12345678', true],
    ['another’s', ['12345678'], '23456780', false],
    ['one that nobody speaks for', ['12345678'], '11111111', false],
    ['one that begins alike', ['12345678'], '12345670', false],
  ] as const)('%s', async (_says, cvrs, cvr, taken) => {
    const facts = await verifierOf([trusted({ cvrs }), other()])(await token(claims({ cvr })));
    expect(facts?.cvr).toBe(taken ? cvr : undefined);
    expect(recorded).toEqual(taken ? [] : [{ issuer: ISSUER, cvr, subject: 'user', requestId: 'request' }]);
  });

  test('two issuers each speak for their own, whichever stands first', async () => {
    for (const issuers of [
      [trusted(), other()],
      [other(), trusted()],
    ]) {
      const both = verifierOf(issuers);
      expect(await both(await token(claims()))).toMatchObject({ cvr: '12345678' });
      expect(await both(await ofOther('23456780'))).toMatchObject({ cvr: '23456780' });
      expect(await both(await token(claims({ cvr: '23456780' })))).toBeUndefined();
      expect(await both(await ofOther('12345678'))).toBeUndefined();
    }
    expect(recorded.map(({ issuer, cvr }) => [issuer, cvr])).toEqual([
      [ISSUER, '23456780'],
      ['https://other.example.test', '12345678'],
      [ISSUER, '23456780'],
      ['https://other.example.test', '12345678'],
    ]);
  });

  test('keys that cannot be had refuse nobody: nothing can be said of that issuer’s tokens, and the others’ are as ever', async () => {
    const away = {
      ...trusted({ issuer: 'https://away.example.test' }),
      keys: remoteKeys('http://127.0.0.1:1/jwks'),
    };
    for (const issuers of [
      [away, trusted()],
      [trusted(), away],
    ]) {
      const both = verifierOf(issuers);
      await expect(both(await token(claims({ iss: away.issuer })))).rejects.toMatchObject({
        extensions: { code: 'ACCESS_UNAVAILABLE' },
      });
      expect(await both(await token(claims()))).toMatchObject({ cvr: '12345678' });
      expect(await both(await token(claims(), {}, stranger))).toBeUndefined();
    }
  });

  test('a token that comes again is refused again and recorded once; a refusal that cannot be recorded is none', async () => {
    const foreign = await token(claims({ cvr: '23456780' }));
    for (let time = 0; time < 5; time++) expect(await verify(foreign)).toBeUndefined();
    expect(recorded).toHaveLength(1);
    const failing = bearerVerifier(
      [trusted()],
      'overblik',
      () => NOW,
      () => Promise.reject(new Error('no log')),
    );
    for (let time = 0; time < 2; time++) await expect(failing(foreign, 'request')).rejects.toThrow('no log');
  });
});
