import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Collection, Filter } from 'mongodb';
import { startTestStore, type TestStore } from '../../kit/store.js';

interface Row {
  readonly _id: string;
  readonly group: number;
  readonly mergedInto: string | null;
}

let store: TestStore;
let rows: Collection<Row>;
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('d').collection<Row>('rows');
  await rows.createIndex({ mergedInto: 1 });
  await rows.insertMany(
    Array.from({ length: 500 }, (_, i) => ({ _id: `r${i}`, group: i % 5, mergedInto: null })),
  );
});
afterAll(() => store[Symbol.asyncDispose]());

const examined = async (): Promise<number> =>
  (await store.client.db('admin').command({ serverStatus: 1 }))['examined'] as number;

test.each<[string, Filter<Row>, string[]]>([
  ['beside a condition', { _id: { $in: ['r1', 'r2'] }, mergedInto: null }, ['r1', 'r2']],
  ['within $and', { $and: [{ $and: [{ _id: { $in: ['r7'] } }, {}] }, { mergedInto: null }] }, ['r7']],
  ['within $and, and not met', { $and: [{ _id: 'r7' }, { group: 4 }] }, []],
  ['twice', { $and: [{ _id: 'r7' }, { _id: 'r8' }] }, []],
])('ids that are named %s are all that is looked at', async (_how, filter, expected) => {
  const before = await examined();
  const found = await rows.find(filter).toArray();
  expect(found.map(({ _id }) => _id)).toEqual(expected);
  expect((await examined()) - before).toBeLessThanOrEqual(2);
});

test('ids named in one branch of an $or are not all there is', async () => {
  const found = await rows.find({ $or: [{ _id: 'r1' }, { _id: 'r2' }] }).toArray();
  expect(found.map(({ _id }) => _id)).toEqual(['r1', 'r2']);
});
