import { beforeAll, describe, expect, test } from '@jest/globals';
import { CompactSign, importJWK, type JWK } from 'jose';
import { checkpointReader, checkpointSigner } from '../../../../subgraphs/shared/audit/checkpoint.js';
import {
  readKeyList,
  signKeyChange,
  type KeyChange,
  type TrustedKey,
} from '../../../../subgraphs/shared/audit/key-list.js';
import { logKeysSetting, newKey, publicKey } from '../../../../subgraphs/shared/settings/keys.js';

let a: JWK;
let b: JWK;
let c: JWK;
let stranger: JWK;
let [ab, bc]: KeyChange[] = [];
const FROM = new Date('2027-02-01T12:00:00Z');
const UNTIL = new Date('2027-02-02T12:00:00Z');
const trusted = (key: JWK, from: Date | null = null, to: Date | null = null): TrustedKey => ({
  jwk: publicKey(key),
  from,
  to,
});
const kids = async (keys: readonly TrustedKey[], changes: readonly KeyChange[]) =>
  (await readKeyList(keys, changes)).keys.map(({ jwk }) => jwk.kid).sort();

beforeAll(async () => {
  [a, b, c, stranger] = await Promise.all([newKey(), newKey(), newKey(), newKey()]);
  ab = await signKeyChange({ old: a, next: b, from: FROM, until: UNTIL });
  bc = await signKeyChange({
    old: b,
    next: c,
    from: new Date('2028-02-01T12:00:00Z'),
    until: new Date('2028-02-02T12:00:00Z'),
  });
});

describe('the key list', () => {
  test('leads backwards from today’s key to all that were before, whatever the order of the changes', async () => {
    const all = [a.kid, b.kid, c.kid].sort();
    expect(await kids([trusted(c)], [ab!, bc!])).toEqual(all);
    expect(await kids([trusted(c)], [bc!, ab!])).toEqual(all);
  });
  test('leads forwards from the first key', async () => {
    expect(await kids([trusted(a)], [bc!, ab!])).toEqual([a.kid, b.kid, c.kid].sort());
  });
  test('bounds each key by the changes it stands in', async () => {
    const { keys, refused } = await readKeyList([trusted(c)], [ab!, bc!]);
    const times = new Map(
      keys.map(({ jwk, from, to }) => [jwk.kid, [from?.getTime() ?? null, to?.getTime() ?? null]]),
    );
    expect(refused).toEqual([]);
    expect(times.get(a.kid)).toEqual([null, UNTIL.getTime()]);
    expect(times.get(b.kid)).toEqual([FROM.getTime(), Date.parse('2028-02-02T12:00:00Z')]);
    expect(times.get(c.kid)).toEqual([Date.parse('2028-02-01T12:00:00Z'), null]);
  });
  test('the operator’s own limits are never widened by a change', async () => {
    const early = new Date('2027-01-01T00:00:00Z');
    const { keys } = await readKeyList([trusted(a, null, early)], [ab!]);
    expect(keys.find(({ jwk }) => jwk.kid === a.kid)?.to).toEqual(early);
  });
  test('never holds a private key', async () => {
    const { keys } = await readKeyList([trusted(c)], [ab!, bc!]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(Buffer.from(ab!.jws.payload, 'base64url').toString()).not.toContain('"d"');
  });

  test.each<[string, () => Promise<KeyChange>]>([
    [
      'signed by the new key alone',
      async () => {
        const change = await signKeyChange({ old: stranger, next: c, from: FROM, until: UNTIL });
        const forged = await signKeyChange({ old: b, next: stranger, from: FROM, until: UNTIL });
        return {
          ...forged,
          jws: { ...forged.jws, signatures: [change.jws.signatures[0]!, forged.jws.signatures[1]!] },
        };
      },
    ],
    [
      'signed by the old key alone',
      async () => {
        const change = await signKeyChange({ old: b, next: stranger, from: FROM, until: UNTIL });
        return { ...change, jws: { ...change.jws, signatures: [change.jws.signatures[0]!] } };
      },
    ],
    [
      'that names a key it does not hold',
      async () => {
        const change = await signKeyChange({ old: stranger, next: await newKey(), from: FROM, until: UNTIL });
        return { ...change, next: bc!.next };
      },
    ],
    [
      'whose times were changed afterwards',
      async () => {
        const change = await signKeyChange({ old: b, next: c, from: FROM, until: UNTIL });
        const text = Buffer.from(change.jws.payload, 'base64url').toString();
        const payload = Buffer.from(text.replace('2027-02-02', '2099-02-02')).toString('base64url');
        return { ...change, jws: { ...change.jws, payload } };
      },
    ],
    [
      'between strangers',
      async () => signKeyChange({ old: stranger, next: await newKey(), from: FROM, until: UNTIL }),
    ],
    ['that is no statement at all', async () => ({ ...bc!, jws: { payload: 'e30', signatures: [] } })],
  ])('a change %s is refused, and adds no key', async (_what, forge) => {
    const forged = await forge();
    const { keys, refused } = await readKeyList([trusted(b), trusted(c)], [ab!, forged]);
    expect(refused).toEqual([forged._id]);
    expect(keys.map(({ jwk }) => jwk.kid).sort()).toEqual([a.kid, b.kid, c.kid].sort());
    expect(keys.find(({ jwk }) => jwk.kid === c.kid)?.from).toBeNull();
  });
});

describe('a checkpoint counts', () => {
  const signed = async (key: JWK, at: string) =>
    (await (await checkpointSigner(key))({ writer: 'w', no: 1, at, reason: 'start', heads: [], prev: null }))
      .jws;
  test.each<[string, string, string]>([
    ['within its key’s time', '2027-02-02T00:00:00Z', 'statement'],
    ['at the end of it', '2027-02-02T12:00:00Z', 'statement'],
    ['a little after it, as clocks differ', '2027-02-02T12:04:00Z', 'statement'],
    ['not later', '2027-02-02T12:06:00Z', 'KEY_EXPIRED'],
    ['not before the key was valid', '2027-02-01T11:54:00Z', 'KEY_EXPIRED'],
  ])('%s', async (_what, at, expected) => {
    const read = checkpointReader([trusted(a, FROM, UNTIL)]);
    const found = await read(await signed(a, at));
    expect('fault' in found ? found.fault : 'statement').toBe(expected);
  });
  test('not when a stranger signs it, under the own name or another’s', async () => {
    const read = checkpointReader([trusted(a)]);
    const at = '2027-02-02T00:00:00Z';
    expect(await read(await signed(stranger, at))).toEqual({ fault: 'KEY_UNKNOWN' });
    expect(await read(await signed({ ...stranger, kid: a.kid! }, at))).toEqual({
      fault: 'CHECKPOINT_FORGED',
    });
  });
  test('not when the key has signed something else', async () => {
    const other = await new CompactSign(new TextEncoder().encode('{"at":"2027-02-02T00:00:00Z"}'))
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: a.kid! })
      .sign(await importJWK(a, 'ES256'));
    expect(await checkpointReader([trusted(a)])(other)).toEqual({ fault: 'CHECKPOINT_FORGED' });
  });
});

describe('the setting AUDIT_VERIFY_KEYS', () => {
  const parse = (value: unknown) =>
    logKeysSetting.safeParse(typeof value === 'string' ? value : JSON.stringify(value));
  const publicJwkOf = ({ kty, crv, x, y, kid }: JWK) => ({ kty, crv, x, y, kid });
  test('takes public keys with their time', () => {
    const bare = publicJwkOf(a);
    const parsed = parse({
      keys: [
        { ...publicKey(b), validFrom: FROM.toISOString() },
        { ...bare, validTo: '2027-02-02T13:00:00+01:00' },
      ],
    });
    expect(parsed.data).toEqual([
      { jwk: publicJwkOf(b), from: FROM, to: null },
      { jwk: bare, from: null, to: UNTIL },
    ]);
  });
  test.each<[string, () => unknown]>([
    ['a private key', () => ({ keys: [a] })],
    ['no key', () => ({ keys: [] })],
    ['a key without an id', () => ({ keys: [{ ...publicKey(a), kid: undefined }] })],
    ['a time that is none', () => ({ keys: [{ ...publicKey(a), validTo: 'tomorrow' }] })],
    ['a misspelt limit', () => ({ keys: [{ ...publicKey(a), validUntil: UNTIL.toISOString() }] })],
    ['no JSON', () => 'keys'],
  ])('refuses %s', (_what, value) => {
    expect(parse(value()).error?.issues[0]?.message).toMatch(/public P-256 keys/);
  });
});
