import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accessIngest } from '../../../subgraphs/access/ingest/access-ingest.js';
import { MAX_REJECTS } from '../../../subgraphs/access/ingest/rejects.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const reject = (n: number) => ({ recordId: `r${n}`, text: `{"n":${n}}`, field: 'kle', rule: 'a rule' });
const day = (n: number) => new Date(Date.UTC(2026, 0, n));

test('rejects are listed oldest first in pages, kept once, settled by their record, and forgotten by age', async () => {
  const port = accessIngest(store.client.db('access'));
  for (let n = 1; n <= 5; n++) await port.rejects('KSD', [reject(n)], [], day(n));
  await port.rejects('KSD', [reject(3)], [], day(9));
  await port.rejects('KY', [reject(6)], [], day(1));
  const first = await port.rejectsOf('KSD', null, 3);
  expect(first.map(({ recordId }) => recordId)).toEqual(['r1', 'r2', 'r3']);
  const rest = await port.rejectsOf('KSD', first[2]!.id, 3);
  expect(rest.map(({ recordId }) => recordId)).toEqual(['r4', 'r5']);
  await port.rejects('KSD', [], ['r2', 'r6'], day(9));
  expect((await port.rejectsOf('KSD', null, 9)).map(({ recordId }) => recordId)).toEqual([
    'r1',
    'r3',
    'r4',
    'r5',
  ]);
  expect((await port.rejectsOf('KY', null, 9)).map(({ recordId }) => recordId)).toEqual(['r6']);
  expect(await port.rejectOf('KY', first[0]!.id)).toBeNull();
  expect(await port.settleReject('KY', first[0]!.id)).toEqual([]);
  expect(await port.forgetRejects(day(4))).toBe(3);
  expect((await port.rejectsOf('KSD', null, 9)).map(({ recordId }) => recordId)).toEqual(['r4', 'r5']);
});

test('at most ten thousand are kept of a system; the oldest go first, and no other system’s', async () => {
  const port = accessIngest(store.client.db('many'));
  const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => reject(from + i));
  await port.rejects('KY', [reject(0)], [], day(1));
  await port.rejects('KSD', many(0, 3), [], day(2));
  await port.rejects('KSD', many(10, MAX_REJECTS - 2), [], day(3));
  const names = (await port.rejectsOf('KSD', null, MAX_REJECTS + 5)).map(({ recordId }) => recordId);
  expect(names).toHaveLength(MAX_REJECTS);
  expect(['r0', 'r1', 'r2'].filter((name) => names.includes(name))).toHaveLength(2);
  expect(await port.rejectsOf('KY', null, 9)).toHaveLength(1);
});

test('numbered deliveries: gaps open, fill and are counted, in any order', async () => {
  const port = accessIngest(store.client.db('numbers'));
  const gaps: number[] = [];
  for (const n of [5, 8, 6, 6, 12, 7, 9, 11, 10]) gaps.push(await port.numbered('KSD', n));
  expect(gaps).toEqual([0, 2, 1, 1, 4, 3, 2, 1, 0]);
  const many = await Promise.all([20, 19, 18, 17, 16].map((n) => port.numbered('KSD', n)));
  expect(many).toHaveLength(5);
  expect(await port.numbered('KSD', 13)).toBe(2);
});
