import { beforeAll, describe, expect, test } from '@jest/globals';
import { CompactSign, UnsecuredJWT, importJWK, type JWK } from 'jose';
import type { InternalIdentity as Identity } from '../../../subgraphs/shared/identity/internal-identity.js';
import {
  GATEWAY_CALLER,
  InternalIdentity,
  mintIdentity,
  type MintRequest,
} from '../../../subgraphs/shared/identity/internal-identity.js';
import {
  ReplayMemory,
  requireIdentity,
  type IdentityGate,
} from '../../../subgraphs/shared/identity/require-identity.js';
import {
  identitySigner,
  identityVerifier,
  type SignIdentity,
} from '../../../subgraphs/shared/identity/signature.js';
import { newKey, publicKey } from '../../../subgraphs/shared/settings/keys.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const body = {
  query: '{ me { authority { cvr } } }',
  operationName: null,
  variables: { id: 'a', deep: { x: 1, y: [2] } },
};
const request = (change: Partial<MintRequest> = {}): MintRequest => ({
  kind: 'caller',
  audience: 'cases',
  caller: { ...GATEWAY_CALLER, subject: 'user', cvr: '12345678' },
  purpose: null,
  lookupId: null,
  requestId: 'request',
  operationName: null,
  body,
  ...change,
});

let key: JWK;
let otherKey: JWK;
let sign: SignIdentity;
beforeAll(async () => {
  [key, otherKey] = await Promise.all([newKey(), newKey()]);
  sign = await identitySigner(key);
});

const gate = (change: Partial<IdentityGate> = {}): IdentityGate => ({
  audience: 'cases',
  replay: new ReplayMemory(() => 0),
  verify: identityVerifier({ keys: [publicKey(key)] }),
  now: () => NOW,
  ...change,
});
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** In-process an identity is an object, over HTTP its signed form; every line of the forgery table runs against both. */
const ways: [string, (identity: Identity) => Promise<unknown>][] = [
  ['in-process', (identity) => Promise.resolve(identity)],
  ['over HTTP', (identity) => sign(identity)],
];

describe.each(ways)('an identity %s', (_name, carry) => {
  test('is accepted for its subgraph, in time, for its body, once', async () => {
    const identity = await requireIdentity(await carry(mintIdentity(request(), NOW)), body, gate());
    expect(identity.claims.caller.subject).toBe('user');
  });
  test('key order of the variables does not matter', async () => {
    const turned = { ...body, variables: { deep: { y: [2], x: 1 }, id: 'a' } };
    await expect(
      requireIdentity(await carry(mintIdentity(request(), NOW)), turned, gate()),
    ).resolves.toBeDefined();
  });
  test.each<[string, () => { made?: Identity; body?: typeof body; gate?: IdentityGate }]>([
    ['of another subgraph', () => ({ made: mintIdentity(request({ audience: 'documents' }), NOW) })],
    ['31 seconds old and more', () => ({ gate: gate({ now: () => later(36) }) })],
    ['from the future', () => ({ made: mintIdentity(request(), later(60)) })],
    ['with another query', () => ({ body: { ...body, query: '{ other }' } })],
    ['with other variables', () => ({ body: { ...body, variables: { ...body.variables, id: 'b' } } })],
    ['with another operation name', () => ({ body: { ...body, operationName: 'Other' as never } })],
  ])('%s is refused', async (_says, change) => {
    const { made = mintIdentity(request(), NOW), body: sent = body, gate: at = gate() } = change();
    await expect(requireIdentity(await carry(made), sent, at)).rejects.toMatchObject({
      extensions: { code: 'IDENTITY_REFUSED' },
    });
  });
  test('used twice is refused the second time', async () => {
    const at = gate();
    const carried = await carry(mintIdentity(request(), NOW));
    await requireIdentity(carried, body, at);
    await expect(requireIdentity(carried, body, at)).rejects.toMatchObject({
      extensions: { code: 'IDENTITY_REFUSED' },
    });
  });
});

describe('forgeries', () => {
  const encode = (claims: unknown) => new TextEncoder().encode(JSON.stringify(claims));
  const claims = () => mintIdentity(request(), NOW).claims;
  const signed = async (payload: unknown, header: object, by: JWK = key) =>
    new CompactSign(encode(payload))
      .setProtectedHeader({ alg: 'ES256', typ: 'overblik-identity+jws', kid: by.kid!, ...header })
      .sign(await importJWK(by, 'ES256'));

  test.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['an empty text', () => ''],
    ['a plain object with the same claims', () => ({ claims: claims() })],
    ['an instance made without minting', () => new InternalIdentity(claims())],
    [
      'a copy of a minted identity',
      () => Object.assign(Object.create(InternalIdentity.prototype), mintIdentity(request(), NOW)),
    ],
    ['a JSON text of the claims', () => JSON.stringify(claims())],
    ['an unsecured token (alg none)', () => new UnsecuredJWT({ ...claims() }).encode()],
    ['another key', () => signed(claims(), {}, otherKey)],
    ['another key under our key id', () => signed(claims(), { kid: key.kid! }, otherKey)],
    ['another token type', () => signed(claims(), { typ: 'at+jwt' })],
    ['claims with something more', () => signed({ ...claims(), admin: true }, {})],
    [
      'claims with grants of the wrong shape',
      () => signed({ ...claims(), caller: { ...claims().caller, grants: '*' } }, {}),
    ],
    [
      'a changed payload',
      async () => {
        const [head, , tail] = (await signed(claims(), {})).split('.');
        return `${head}.${Buffer.from(JSON.stringify({ ...claims(), purpose: 'X' })).toString('base64url')}.${tail}`;
      },
    ],
    ['a longer life', () => signed({ ...claims(), expiresAt: claims().expiresAt + 3600 }, {})],
  ])('%s is refused', async (_says, forge) => {
    await expect(requireIdentity(await forge(), body, gate())).rejects.toMatchObject({
      extensions: { code: 'IDENTITY_REFUSED' },
    });
  });
  test('a process that is called in-process only refuses every text', async () => {
    const text = await sign(mintIdentity(request(), NOW));
    await expect(requireIdentity(text, body, gate({ verify: undefined }))).rejects.toMatchObject({
      extensions: { code: 'IDENTITY_REFUSED' },
    });
  });
  test('two keys hold during a rotation, one afterwards', async () => {
    const both = identityVerifier({ keys: [publicKey(key), publicKey(otherKey)] });
    const byOther = await (await identitySigner(otherKey))(mintIdentity(request(), NOW));
    await expect(requireIdentity(byOther, body, gate({ verify: both }))).resolves.toBeDefined();
    const again = await (await identitySigner(otherKey))(mintIdentity(request(), NOW));
    await expect(requireIdentity(again, body, gate())).rejects.toBeDefined();
  });
});

describe('the memory of used identities', () => {
  test('forgets by age', () => {
    let clock = 0;
    const memory = new ReplayMemory(() => clock);
    expect(memory.claim('a')).toBe(true);
    clock = 41_000;
    expect(memory.claim('b')).toBe(true);
    expect(memory.size).toBe(1);
  });
  test('is bounded in number, and full it refuses rather than forget', () => {
    const memory = new ReplayMemory(() => 0, 3);
    expect(['a', 'b', 'c', 'd'].map((id) => memory.claim(id))).toEqual([true, true, true, false]);
    expect(memory.claim('a')).toBe(false);
    expect(memory.size).toBe(3);
  });
});
