import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Collection } from 'mongodb';
import { FEW, firstRows, type RowReader } from '../../../../subgraphs/shared/sections/first-rows.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

interface Row {
  readonly _id: string;
  readonly person: string;
  readonly on: string;
  readonly open: boolean;
}

let store: TestStore;
let rows: Collection<Row>;
let finds: object[] = [];
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('rows').collection<Row>('rows');
});
afterAll(() => store[Symbol.asyncDispose]());

const find = (filter: object, limit: number): Promise<Row[]> => {
  finds.push(filter);
  return rows.find(filter).sort({ on: -1, _id: 1 }).limit(limit).toArray();
};
const reader: RowReader<Row> = { find, matches: ({ open }) => open, filter: () => ({ open: true }) };

/** Rows of one person, of which those named are open. */
async function fill(count: number, isOpen: (at: number) => boolean): Promise<void> {
  await rows.deleteMany({});
  const day = (at: number) => `2026-01-${String(1 + (at % 28)).padStart(2, '0')}`;
  const made = Array.from({ length: count }, (_, at) => ({
    _id: `row-${at}`,
    person: 'somebody',
    on: day(at),
    open: isOpen(at),
  }));
  if (count > 0) await rows.insertMany([...made, { ...made[0]!, _id: 'another', person: 'else' }]);
}

test('gives the rows that the store’s filter gives, and the true count or none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 20, FEW - 1, FEW, FEW + 1, 2 * FEW),
      fc.constantFrom(1, 2, 7, 100),
      fc.integer({ min: 1, max: 51 }),
      async (count, each, limit) => {
        await fill(count, (at) => at % each === 0);
        const filter = { $and: [{ person: 'somebody' }, { open: true }] };
        const wanted = await find(filter, limit);
        const first = await firstRows(reader, { person: 'somebody' }, limit);
        expect(first.rows).toEqual(wanted);
        expect([null, await rows.countDocuments(filter)]).toContain(first.count);
        expect(first.count === null).toBe(count > FEW);
      },
    ),
    { numRuns: 60 },
  );
});

test('asks once where there are few, and where many give a full page', async () => {
  for (const [count, each, asked] of [
    [FEW, 1, 1],
    [FEW + 1, 1, 1],
    [FEW + 1, 50, 2],
  ] as const) {
    await fill(count, (at) => at % each === 0);
    finds = [];
    await firstRows(reader, { person: 'somebody' }, 21);
    expect([count, each, finds.length]).toEqual([count, each, asked]);
  }
});
