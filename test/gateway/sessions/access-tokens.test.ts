import { beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { hkdfSync, randomUUID } from 'node:crypto';
import { ACCESS_SECONDS, AccessTokens } from '../../../gateway/sessions/access-tokens.js';
import { hashSecret, newSecret } from '../../../gateway/sessions/secrets.js';

const SECRET = Buffer.alloc(32, 7);
const SID = randomUUID();
const BROWSER = hashSecret('browser');

let clock: number;
let tokens: AccessTokens;
beforeEach(() => {
  clock = Date.parse('2026-11-22T12:00:00Z');
  tokens = new AccessTokens(SECRET, () => new Date(clock));
});

test('a token names its session and its browser, for five minutes, and nobody', async () => {
  const token = await tokens.issue(SID, BROWSER);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'session+jwt' });
  const at = clock / 1000;
  expect(decodeJwt(token)).toEqual({
    sid: SID,
    browser: BROWSER,
    iss: 'overblik-session',
    iat: at,
    exp: at + 300,
  });
  expect(await tokens.verify(token)).toEqual({ sid: SID, browser: BROWSER, exp: at + ACCESS_SECONDS });
});

test('it says when its session was changed: what is known from before does not count', async () => {
  const token = await tokens.issue(SID, BROWSER, new Date(clock - 1));
  expect(await tokens.verify(token)).toMatchObject({ after: clock - 1 });
});

test('it holds to its last second, whether it was seen before or not', async () => {
  const [seen, unseen] = [await tokens.issue(SID, BROWSER), await tokens.issue(randomUUID(), BROWSER)];
  await tokens.verify(seen);
  clock += ACCESS_SECONDS * 1000 - 1;
  expect([await tokens.verify(seen), await tokens.verify(unseen)]).not.toContain(undefined);
  clock += 1;
  expect([await tokens.verify(seen), await tokens.verify(unseen)]).toEqual([undefined, undefined]);
});

test('every gateway of an installation takes it, and no other installation', async () => {
  const token = await tokens.issue(SID, BROWSER);
  const now = () => new Date(clock);
  expect(await new AccessTokens(SECRET, now).verify(token)).toMatchObject({ sid: SID });
  expect(await new AccessTokens(Buffer.alloc(32, 8), now).verify(token)).toBeUndefined();
});

describe('a token that is none of ours', () => {
  const key = new Uint8Array(hkdfSync('sha256', SECRET, '', 'overblik-session', 32));
  /** A token as we make them, with the changes given. */
  const made = ({ header = {}, claims = {}, signedWith = key } = {}) => {
    const at = clock / 1000;
    const all = { sid: SID, browser: BROWSER, iss: 'overblik-session', iat: at, exp: at + 300, ...claims };
    const head = { alg: 'HS256', typ: 'session+jwt', ...header };
    return new SignJWT(all).setProtectedHeader(head).sign(signedWith);
  };
  test('one like ours is taken: what follows differs from it in one thing each', async () => {
    expect(await tokens.verify(await made())).toMatchObject({ sid: SID });
  });
  test.each<[string, Parameters<typeof made>[0]]>([
    ['signed with another key', { signedWith: new Uint8Array(32) }],
    ['signed with the secret itself', { signedWith: new Uint8Array(SECRET) }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['by another algorithm', { header: { alg: 'HS512' } }],
    ['of another issuer', { claims: { iss: 'overblik' } }],
    ['over', { claims: { exp: 1_000_000_000 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['not yet good', { claims: { nbf: 5_000_000_000 } }],
    ['for a session that is no id', { claims: { sid: 'session' } }],
    ['for no browser', { claims: { browser: undefined } }],
    ['for a browser that is too short a hash', { claims: { browser: BROWSER.slice(1) } }],
    ['for a browser that is more than a hash', { claims: { browser: `${BROWSER}x` } }],
    ['with a time that is a text', { claims: { after: 'now' } }],
  ])('%s', async (_says, change) => {
    expect(await tokens.verify(await made(change))).toBeUndefined();
  });
  test('is refused each time, however often it comes', async () => {
    const forged = await made({ signedWith: new Uint8Array(32) });
    for (const _time of [1, 2]) expect(await tokens.verify(forged)).toBeUndefined();
    expect(await tokens.verify('')).toBeUndefined();
  });
});

test('a secret is 256 random bits, and what is kept of it says nothing of it', () => {
  const made = Array.from({ length: 8 }, newSecret);
  expect(new Set(made).size).toBe(8);
  for (const secret of made) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(hashSecret('a')).toBe(hashSecret('a'));
  expect(hashSecret('a')).toMatch(/^[\w-]{43}$/);
  expect(hashSecret('b')).not.toBe(hashSecret('a'));
});
