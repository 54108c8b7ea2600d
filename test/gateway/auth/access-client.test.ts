import { describe, expect, test } from '@jest/globals';
import { AccessClient } from '../../../gateway/auth/access-client.js';
import type { TokenFacts } from '../../../subgraphs/shared/identity/token-claims.js';
import type { SubgraphTransport } from '../../../gateway/transport/transport.js';

const rolesNamed = (...uris: string[]) => uris.map((uri) => ({ uri, scope: '12345678' }));

const facts = (change: Partial<TokenFacts> = {}): TokenFacts => ({
  subject: 'user',
  cvr: '12345678',
  roles: rolesNamed('b', 'a'),
  voids: [],
  assurance: 'SUBSTANTIAL',
  issuedAt: 0,
  unit: null,
  personId: null,
  expiresAt: Infinity,
  ...change,
});

/** The access subgraph as the client meets it: a version that can change, answers that can stop. */
function accessSubgraph() {
  const state = { version: 1, down: false, asked: [] as string[] };
  const transport: SubgraphTransport = {
    name: 'access',
    execute: ({ operationName }) => {
      if (state.down) return Promise.reject(new Error('down'));
      state.asked.push(operationName!);
      const resolveCaller = {
        version: state.version,
        grants: [
          {
            role: 'citizen-read',
            cvr: '12345678',
            kle: null,
            sensitivity: null,
            units: null,
            systems: null,
            from: null,
          },
        ],
        agreements: [],
        withoutAgreement: [],
        barred: [],
        lifts: [],
        watched: [],
        sectionsOff: [],
        remarkTypes: [],
        noteHeadings: [],
        noteReceivers: [],
        lookUpsPerHour: 100,
      };
      return Promise.resolve({
        data: operationName === 'AccessVersion' ? { accessVersion: state.version } : { resolveCaller },
      });
    },
    ingest: () => Promise.reject(new Error('not asked here')),
    close: () => Promise.resolve(),
  };
  return { state, transport };
}

function client() {
  const { state, transport } = accessSubgraph();
  const clock = { at: 0 };
  return {
    state,
    clock,
    access: new AccessClient(transport, () => new Date(), { clock: () => clock.at }),
  };
}

describe('who a token is', () => {
  test('is the same object as long as nothing has changed, so that what is compiled of the rights is kept', async () => {
    const { state, clock, access } = client();
    const first = await access.resolve(facts(), 'r');
    expect(await access.resolve(facts(), 'another')).toBe(first);
    expect(await access.resolve(facts({ subject: 'another' }), 'r')).not.toBe(first);
    const jumped = await access.resolve(facts({ jumps: ['person'] }), 'r');
    expect([jumped.jumps, first.jumps]).toEqual([['person'], []]);
    expect(await access.resolve(facts({ jumps: ['other'] }), 'r')).toMatchObject({ jumps: ['other'] });
    expect(await access.resolve(facts(), 'r')).toBe(first);
    state.version = 2;
    clock.at += 10_000;
    const later = await access.resolve(facts(), 'r');
    expect([later === first, later.accessVersion]).toEqual([false, 2]);
  });

  test('is asked once per user, roles and version; the order of the roles does not matter', async () => {
    const { state, access } = client();
    const first = await access.resolve(facts(), 'r');
    expect(first.grants).toEqual([{ role: 'citizen-read', cvr: '12345678' }]);
    await access.resolve(facts({ roles: rolesNamed('a', 'b', 'a') }), 'r');
    expect(state.asked).toEqual(['AccessVersion', 'ResolveCaller']);
    // Lifts, kin and colleagues are one's own: nobody gets what was resolved for another.
    await access.resolve(facts({ subject: 'another' }), 'r');
    expect(state.asked).toEqual(['AccessVersion', 'ResolveCaller', 'ResolveCaller']);
  });
  test('a change of version is seen by the next poll, without a new sign-in', async () => {
    const { state, access } = client();
    await access.resolve(facts(), 'r');
    state.version = 2;
    await access.pollOnce();
    expect((await access.resolve(facts(), 'r')).accessVersion).toBe(2);
  });
  test('with access down, callers go on for five seconds and no longer', async () => {
    const { state, clock, access } = client();
    await access.resolve(facts(), 'r');
    state.down = true;
    clock.at = 4900;
    await access.pollOnce();
    await expect(access.resolve(facts(), 'r')).resolves.toBeDefined();
    clock.at = 5100;
    await access.pollOnce();
    await expect(access.resolve(facts(), 'r')).rejects.toMatchObject({
      extensions: { code: 'ACCESS_UNAVAILABLE' },
    });
    state.down = false;
    await expect(access.resolve(facts(), 'r')).resolves.toBeDefined();
  });
  test('a poll’s answer counts from when it was asked, not from when it came', async () => {
    const { state, clock, access } = client();
    await access.resolve(facts(), 'r');
    clock.at = 1000;
    await access.pollOnce();
    clock.at = 5900;
    await expect(access.resolve(facts(), 'r')).resolves.toBeDefined();
    expect(state.asked.filter((name) => name === 'AccessVersion')).toHaveLength(2);
  });
  test('an authority nobody uses any more is not polled', async () => {
    const { state, clock, access } = client();
    await access.resolve(facts(), 'r');
    clock.at = 11 * 60_000;
    await access.pollOnce();
    expect(state.asked).toEqual(['AccessVersion', 'ResolveCaller']);
  });
  test('authorities are remembered up to a limit', async () => {
    const { state, access } = client();
    for (let i = 0; i < 600; i++) await access.resolve(facts({ cvr: String(10_000_000 + i) }), 'r');
    state.asked = [];
    await access.pollOnce();
    expect(state.asked.length).toBeLessThanOrEqual(500);
    expect(state.asked.length).toBeGreaterThan(400);
  });
});
