import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectStore } from '../../store/connection.js';
import { isTooMuch, LargeStore, MORE } from '../kit/query-shapes/large-store.js';
import { listedShapes, tidyShapes } from '../kit/query-shapes/list.js';
import { keyOf } from '../kit/query-shapes/shape.js';
import { startTestStore, type TestStore } from '../kit/store.js';

/** Of each collection. What is examined depends on it where an index is missing; `npm run bench:store` takes a million in all. */
const RECORDS = 2000;

if (process.env['OVERBLIK_WRITE_DOCS']) tidyShapes();
const shapes = listedShapes();
let store: TestStore;
let large: LargeStore;
beforeAll(async () => {
  store = await startTestStore();
  const connection = await connectStore(store.server.uri);
  large = new LargeStore(connection, () => Promise.resolve(store.server.engine.stats().examined));
  await large.fill(shapes, () => RECORDS);
});
afterAll(async () => {
  await large.connection.close();
  await store[Symbol.asyncDispose]();
});

test('the list is in order, and has each shape once', () => {
  const keys = shapes.map(keyOf);
  expect(keys).toEqual([...new Set(keys)].sort());
});

test('those that may examine more are in the list', () => {
  const keys = new Set(shapes.map(keyOf));
  expect([...MORE.keys()].filter((key) => !keys.has(key))).toEqual([]);
});

test.each(shapes.map((shape) => [keyOf(shape), shape] as const).filter(([key]) => !MORE.has(key)))(
  'examines few records: %s',
  async (_name, shape) => {
    expect((await large.try(shape, RECORDS)).filter(isTooMuch)).toEqual([]);
  },
);
