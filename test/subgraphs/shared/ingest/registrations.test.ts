import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Collection } from 'mongodb';
import {
  storeRegistrations,
  type PastRegistration,
} from '../../../../subgraphs/shared/ingest/store-registrations.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

interface Row {
  readonly _id: string;
  readonly registeredAt: Date;
  readonly text: string;
}

let store: TestStore;
let rows: Collection<Row>;
let history: Collection<PastRegistration>;
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('t').collection<Row>('rows');
  history = store.client.db('t').collection<PastRegistration>('history');
});
afterAll(() => store[Symbol.asyncDispose]());

test('any order and any duplication of a delivery gives the same present and the same history', async () => {
  const registration = fc.record(
    { id: fc.constantFrom('a', 'b'), at: fc.integer({ min: 1, max: 4 }) },
    { noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(registration, { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }),
      async (given, cuts) => {
        await rows.deleteMany({});
        await history.deleteMany({});
        let rest: Row[] = given.map(({ id, at }) => ({
          _id: id,
          registeredAt: new Date(at * 1000),
          text: `${id}${at}`,
        }));
        let outcomes = 0;
        for (const cut of [...cuts, rest.length]) {
          const batch = rest.slice(0, cut);
          rest = rest.slice(cut);
          if (batch.length > 0) outcomes += (await storeRegistrations(rows, history, batch)).length;
        }
        expect(outcomes).toBe(given.length);
        for (const id of new Set(given.map((one) => one.id))) {
          const newest = Math.max(...given.filter((one) => one.id === id).map((one) => one.at));
          expect(await rows.findOne({ _id: id })).toEqual({
            _id: id,
            registeredAt: new Date(newest * 1000),
            text: `${id}${newest}`,
          });
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('each record is told how it was taken', async () => {
  await rows.deleteMany({});
  const at = (second: number): Row => ({
    _id: 'x',
    registeredAt: new Date(second * 1000),
    text: String(second),
  });
  expect(await storeRegistrations(rows, history, [at(2)])).toEqual(['accepted']);
  expect(await storeRegistrations(rows, history, [at(2)])).toEqual(['duplicate']);
  expect(await storeRegistrations(rows, history, [at(1)])).toEqual(['superseded']);
  expect(await storeRegistrations(rows, history, [at(3)])).toEqual(['accepted']);
  expect((await history.find({ of: 'x' }).toArray()).map((past) => past._id).sort()).toEqual([
    'x@1970-01-01T00:00:01.000Z',
    'x@1970-01-01T00:00:02.000Z',
  ]);
});
