import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LookUpLimit } from '../../../gateway/limits/look-up-limit.js';
import { lookUpCounts } from '../../../subgraphs/access/sessions/look-up-counts.js';
import { accessCollections } from '../../../subgraphs/access/source/collections.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
let now: Date;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  now = new Date('2026-11-27T08:00:00Z');
  await collections().lookUps.deleteMany({});
});

const collections = () => accessCollections(store.client.db('access'));
const gateway = () => new LookUpLimit(lookUpCounts(collections()), () => now);
const user = (perHour: number, subject = 'user') => ({ cvr: '12345678', subject, perHour });
const at = (minutes: number) => {
  now = new Date(Date.parse('2026-11-27T08:00:00Z') + minutes * 60_000);
};
let made = 0;
const other = () => new Set([`citizen ${++made}`]);

/** @returns how many of some look-ups, each of its own, a user may make */
async function allowed(limit: LookUpLimit, who: ReturnType<typeof user>, times: number): Promise<number> {
  let passed = 0;
  for (let i = 0; i < times; i++) if ((await limit.take(who, null, other())) === undefined) passed++;
  return passed;
}

describe('look-ups in an hour', () => {
  test.each([1, 7, 100, 120])('as many as the municipality allows: %s', async (perHour) => {
    expect(await allowed(gateway(), user(perHour), perHour + 20)).toBe(perHour);
  });

  test('each user has a separate count', async () => {
    const limit = gateway();
    expect(await allowed(limit, user(3), 5)).toBe(3);
    expect(await allowed(limit, user(3, 'another'), 5)).toBe(3);
    expect(await allowed(limit, { ...user(3), cvr: '23456780' }, 5)).toBe(3);
  });

  test('over all gateways, at the same moment too', async () => {
    const gateways = [gateway(), gateway(), gateway()];
    const tries = Array.from({ length: 60 }, (_, i) => gateways[i % 3]!.take(user(20), null, other()));
    const passed = (await Promise.all(tries)).filter((wait) => wait === undefined).length;
    expect(passed).toBeLessThanOrEqual(20);
    // Whatever was given back while others asked is there again.
    const later = await Promise.all(gateways.map((limit) => allowed(limit, user(20), 20)));
    expect(passed + later.reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  test('the hour slides: a burst at its end is not followed by another', async () => {
    const limit = gateway();
    at(59);
    expect(await allowed(limit, user(60), 80)).toBe(60);
    at(61);
    expect(await allowed(limit, user(60), 80)).toBeLessThanOrEqual(2);
    at(90);
    expect(await allowed(limit, user(60), 80)).toBeGreaterThanOrEqual(28);
    at(180);
    expect(await allowed(limit, user(60), 80)).toBe(60);
  });

  test('whoever is refused may go on at the time that was answered', async () => {
    const limit = gateway();
    at(30);
    expect(await allowed(limit, user(10), 10)).toBe(10);
    const first = (await limit.take(user(10), null, other()))!;
    expect(first).toBe(30 * 60);
    at(30 + first / 60);
    const second = await limit.take(user(10), null, other());
    at(30 + first / 60 + (second ?? 0) / 60);
    expect(await limit.take(user(10), null, other())).toBeUndefined();
  });

  test('several in one operation are all taken, or none', async () => {
    const limit = gateway();
    expect(await limit.take(user(5), null, new Set(['a', 'b', 'c']))).toBeUndefined();
    expect(await limit.take(user(5), null, new Set(['d', 'e', 'f']))).toBeGreaterThan(0);
    expect(await limit.take(user(5), null, new Set(['g', 'h']))).toBeUndefined();
  });

  test('operations of one look-up count once, another person under its name does not hide', async () => {
    const limit = gateway();
    for (let i = 0; i < 10; i++)
      expect(await limit.take(user(2), 'look-up', new Set(['citizen 1']))).toBeUndefined();
    expect(await limit.take(user(2), 'look-up', new Set(['citizen 2']))).toBeUndefined();
    expect(await limit.take(user(2), 'look-up', new Set(['citizen 3']))).toBeGreaterThan(0);
  });

  test('operations of one look-up that come at once count once, and are refused together', async () => {
    const limit = gateway();
    const at = (person: string) =>
      Promise.all(Array.from({ length: 10 }, () => limit.take(user(2), person, new Set([person]))));
    expect(await at('a')).toEqual(Array(10).fill(undefined));
    expect(await at('b')).toEqual(Array(10).fill(undefined));
    expect((await at('c')).every((wait) => wait !== undefined)).toBe(true);
  });

  test('what cannot be counted is not let through', async () => {
    const broken = new LookUpLimit({ countLookUps: () => Promise.reject(new Error('away')) }, () => now);
    await expect(broken.take(user(5), null, other())).rejects.toThrow('away');
  });
});
