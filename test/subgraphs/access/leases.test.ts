import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accessIngest } from '../../../subgraphs/access/ingest/access-ingest.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const START = new Date('2026-03-01T08:00:00Z').getTime();
/** One process asks for a lease of thirty seconds. @param second since the beginning */
const asks = (name: string, holder: string, second: number) =>
  accessIngest(store.client.db('access')).holdLease(
    name,
    holder,
    new Date(START + second * 1000),
    new Date(START + (second + 30) * 1000),
  );

test('of many who ask at once, one has the lease', async () => {
  const holders = Array.from({ length: 20 }, (_none, i) => `process-${i}`);
  const held = await Promise.all(holders.map((holder) => asks('many', holder, 0)));
  expect(held.filter(Boolean)).toHaveLength(1);
});

test('its holder keeps it; another has it fifteen seconds after its end, and then the first has not', async () => {
  const kept = [await asks('kept', 'a', 0), await asks('kept', 'b', 15), await asks('kept', 'a', 20)];
  expect(kept).toEqual([true, false, true]);
  expect([await asks('kept', 'b', 50), await asks('kept', 'b', 65)]).toEqual([false, false]);
  expect([await asks('kept', 'b', 65.001), await asks('kept', 'a', 67)]).toEqual([true, false]);
  expect(await asks('other', 'a', 67)).toBe(true);
});

test('one that is given back is free at once, and nobody gives back what is not theirs', async () => {
  const access = accessIngest(store.client.db('access'));
  const giveBack = (holder: string) => access.holdLease('returned', holder, new Date(START), new Date(0));
  await asks('returned', 'a', 0);
  await giveBack('b');
  expect(await asks('returned', 'b', 1)).toBe(false);
  await giveBack('a');
  expect(await asks('returned', 'b', 1)).toBe(true);
});
