import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { claimStore, isClaimed } from '../../seed/claim-store.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';
import { startTestStore, type TestStore } from '../kit/store.js';

const SPEC = { seed: 'test', date: '2026-03-15', citizens: 3 };
let server: TestStore;
let stores = 0;
let store: { database(name: string): ReturnType<TestStore['client']['db']> };
beforeAll(async () => {
  server = await startTestStore();
});
afterAll(() => server[Symbol.asyncDispose]());
/** A store of its own for each test. */
beforeEach(() => {
  const prefix = `store${stores++}`;
  store = { database: (name) => server.client.db(`${prefix}_${name}`) };
});

test('an empty store becomes development’s, with the world that was asked for first', async () => {
  expect(await isClaimed(store)).toBe(false);
  expect(await claimStore(store, SPEC)).toMatchObject(SPEC);
  expect(await isClaimed(store)).toBe(true);
  expect(await claimStore(store, { ...SPEC, citizens: 9 })).toMatchObject(SPEC);
});

test('what development has planted is its own, also when the seed broke off', async () => {
  await claimStore(store, SPEC);
  await store.database('citizens').collection('citizens').insertOne({ name: 'planted' });
  expect(await claimStore(store, SPEC)).toMatchObject(SPEC);
});

test.each(SUBGRAPH_NAMES.map((name) => [name]))(
  'one record in %s, in any collection, and the store is left as it is',
  async (name) => {
    await store.database(name).collection('something').insertOne({ any: 'thing' });
    await expect(claimStore(store, SPEC)).rejects.toThrow(`did not plant (${name}.something)`);
    expect(await isClaimed(store)).toBe(false);
    expect(await store.database('seed').listCollections().toArray()).toEqual([]);
  },
);

test('a store that processes have only been started on is empty; one look-up in its log and it is not', async () => {
  const entries = store.database('audit').collection('entries');
  await entries.insertOne({ event: 'writer-started' });
  await store.database('audit').collection('checkpoints').insertOne({ no: 1 });
  await store.database('cases').createCollection('cases');
  await entries.insertOne({ event: 'opened' });
  await expect(claimStore(store, SPEC)).rejects.toThrow('did not plant (audit.entries)');
  await entries.deleteOne({ event: 'opened' });
  await expect(claimStore(store, SPEC)).resolves.toMatchObject(SPEC);
});
