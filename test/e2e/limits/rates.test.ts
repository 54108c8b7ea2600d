import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { SINGLE_REFUSALS } from '../../../gateway/sessions/refusal-sums.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

/** Limits of rates, with limits low enough to be met. */
const PER_ADDRESS = 4;
const PER_SYSTEM = 2;

let stack: Stack;
let ksd: JWK;
beforeAll(async () => {
  stack = await startAllInOne({
    settings: {
      ADDRESS_REQUESTS_PER_MINUTE: String(PER_ADDRESS),
      SYSTEM_REQUESTS_PER_MINUTE: String(PER_SYSTEM),
      TRUSTED_PROXIES: '127.0.0.0/8',
    },
  });
  ksd = (await developmentKeys(stack.directory)).ksd;
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

/** Asks as the proxy does for somebody at an address that nobody else has. */
const from = (address: string, path: string, init: RequestInit = {}) =>
  fetch(`${stack.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { 'x-forwarded-for': address, ...(init.headers as Record<string, string>) },
  });

let last = 0;
const newAddress = () => `198.51.100.${++last}`;

/** Uses up what one address may ask for in a minute. */
async function useUp(address: string): Promise<void> {
  for (let i = 0; i < PER_ADDRESS; i++)
    expect((await from(address, '/context/v1/keys')).status).not.toBe(429);
}

test('whoever comes with bad tokens and assertions must wait, and so must whoever is known at that address', async () => {
  const bad = { authorization: 'Bearer x.y.z', 'content-type': 'application/json' };
  const graphql = { method: 'POST', headers: bad, body: '{"query":"{ me { grants { role } } }"}' };
  for (const [path, init] of [
    ['/graphql', graphql],
    ['/messages/v1', { method: 'POST', headers: bad, body: '{}' }],
    ['/feed/v1/rejects', { headers: bad }],
    ['/events', { headers: bad }],
  ] as const) {
    const address = newAddress();
    for (let i = 0; i < PER_ADDRESS; i++)
      expect([path, (await from(address, path, init)).status]).toEqual([path, 401]);
    const refused = await from(address, path, init);
    expect([path, refused.status]).toEqual([path, 429]);
    expectWait(refused);
    expect((await from(newAddress(), path, init)).status).toBe(401);
  }
  const good = {
    ...graphql,
    headers: { ...bad, authorization: `Bearer ${await stack.token('controller')}` },
  };
  const address = newAddress();
  for (let i = 0; i < 3 * PER_ADDRESS; i++) expect((await from(address, '/graphql', good)).status).toBe(200);
});

test('refusals of strangers do not fill the log, however many there are from however many addresses', async () => {
  const entries = stack.gateway.store.database('audit').collection('entries');
  const refused = { decision: 'REFUSE', user: '' };
  const before = await entries.countDocuments(refused);
  for (let i = 0; i < 60; i++)
    expect((await from(newAddress(), `/open?ticket=${randomUUID()}`)).status).toBe(403);
  expect((await entries.countDocuments(refused)) - before).toBe(SINGLE_REFUSALS);
});

function expectWait({ headers }: Response): void {
  const wait = Number(headers.get('retry-after'));
  expect(Number.isInteger(wait) && wait >= 1 && wait <= 60).toBe(true);
}

describe('before sign-in, an address', () => {
  test.each<[string, string, RequestInit?]>([
    ['sign-in', '/saml/login'],
    ['sign-in in other words', '/%73aml/login'],
    ['the short way to it', '/login'],
    ['an assertion', '/saml/acs', { method: 'POST', body: new URLSearchParams({ SAMLResponse: 'x' }) }],
    ['a logout', '/saml/logout?SAMLRequest=x'],
    ['metadata', '/saml/metadata'],
    ['a ticket', '/open?ticket=x'],
    ['a jump that goes on', '/open/continue?jump=x'],
    ['nothing below the sign-in', '/saml/nowhere'],
  ])('a page says to wait: %s', async (_says, path, init = {}) => {
    const address = newAddress();
    await useUp(address);
    const refused = await from(address, path, init);
    expect(refused.status).toBe(429);
    expectWait(refused);
    expect(refused.headers.get('content-type')).toMatch(/^text\/html/);
    const text = await refused.text();
    expect(text).toContain('For mange forespørgsler');
    expect(text).toContain('Vent et minut');
    expect(text).not.toContain(address);
  });

  test.each<[string, string, RequestInit?]>([
    ['the session', '/session'],
    ['keeping it alive', '/session/refresh', { method: 'POST' }],
    ['ending it', '/session/end', { method: 'POST' }],
    ['ending all', '/session/end-everywhere', { method: 'POST' }],
    ['the keys of links', '/context/v1/keys'],
  ])('a coded error says to wait: %s', async (_says, path, init = {}) => {
    const address = newAddress();
    await useUp(address);
    const refused = await from(address, path, init);
    expect(refused.status).toBe(429);
    expectWait(refused);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
  });

  test('is counted alone: another address and what a signed-in user asks are answered', async () => {
    const address = newAddress();
    await useUp(address);
    expect((await from(address, '/context/v1/keys')).status).toBe(429);
    expect((await from(newAddress(), '/context/v1/keys')).status).toBe(200);
    const token = await stack.token('benefit-caseworker');
    const asked = await from(address, '/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ me { user } }' }),
    });
    expect(asked.status).toBe(200);
    expect((await from(address, '/health/live')).status).toBe(200);
  });

  test('is what the proxy saw, not what the caller says', async () => {
    const address = newAddress();
    for (let i = 0; i <= PER_ADDRESS; i++) await from(`203.0.113.${i}, ${address}`, '/context/v1/keys');
    expect((await from(`203.0.113.99, ${address}`, '/context/v1/keys')).status).toBe(429);
  });

  test('is one network in IPv6: 2^64 addresses of one subscriber are one', async () => {
    for (let i = 0; i <= PER_ADDRESS; i++) await from(`2001:db8:1:2::${i}`, '/context/v1/keys');
    expect((await from('2001:db8:1:2:ffff::1', '/context/v1/keys')).status).toBe(429);
    expect((await from('2001:db8:1:3::1', '/context/v1/keys')).status).toBe(200);
  });
});

test('without a trusted proxy nobody chooses the address that is counted', async () => {
  await using bare = await startAllInOne({ settings: { ADDRESS_REQUESTS_PER_MINUTE: '2' } });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) {
    const asked = await fetch(`${bare.url}/context/v1/keys`, {
      headers: { 'x-forwarded-for': newAddress(), forwarded: `for=${newAddress()}` },
    });
    statuses.push(asked.status);
  }
  expect(statuses).toEqual([200, 200, 429]);
}, 60_000);

const CASE = 'query Kept($id: ID!) { case(id: $id) { id } }';

describe('a source system', () => {
  const asSystem = async (path: string, init: RequestInit = {}, code = 'KSD', key = ksd) => {
    const token = await makeAssertion(systemId(code), key, 'overblik-feed', new Date());
    return fetch(`${stack.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(init.headers as Record<string, string>),
      },
    });
  };
  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

  test.each<[string, string, RequestInit]>([
    ['messages', '/messages/v1', post({})],
    ['tickets', '/context/v1/tickets', post({})],
    ['notes to fetch', '/notes/v1/outbox', {}],
  ])('must wait, by a coded error: %s', async (_says, path, init = {}) => {
    for (let i = 0; i < PER_SYSTEM; i++) expect((await asSystem(path, init)).status).not.toBe(429);
    const refused = await asSystem(path, init);
    expect(refused.status).toBe(429);
    expectWait(refused);
    expect(refused.headers.get('overblik-request')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
  });

  test('is counted alike over every way to notes', async () => {
    expect((await asSystem('/notes/v1/receipts', post({}))).status).toBe(429);
  });

  test('delivers: what was accepted stands, what is refused was not begun, each system for itself', async () => {
    const record = () => ({
      source: 'KSD',
      ownerCvr: KORSBAEK,
      sensitivity: 2,
      type: 'case',
      id: randomUUID(),
      registeredAt: '2026-01-01T12:00:00.000Z',
      kle: '32.30.04',
      unit: unitId(KORSBAEK, 'sickness'),
      caseNumber: `RATE-${randomUUID().slice(0, 8)}`,
      title: 'Sygedagpenge',
      history: [{ state: 'ARISEN', on: '2026-01-01' }],
      parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}` }],
    });
    const deliver = (delivered: object) => asSystem('/feed/v1/records', post([delivered]));
    const [first, second, third] = [record(), record(), record()];
    for (const delivered of [first, second])
      expect(await (await deliver(delivered)).json()).toMatchObject({ accepted: 1 });
    const refused = await deliver(third);
    expect(refused.status).toBe(429);
    expectWait(refused);
    const kept: unknown[] = [];
    for (const { id } of [first, second, third])
      kept.push((await stack.ask('vip-cleared', CASE, { id })).data?.case?.id);
    expect(kept).toEqual([first.id, second.id, undefined]);
    const { sourceSystems } = await developmentKeys(stack.directory);
    const other = await asSystem('/feed/v1/rejects', {}, 'SBSYS', sourceSystems);
    expect(other.status).toBe(200);
  });
});
