import { afterEach, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { Registry } from 'prom-client';
import { watchStore } from '../../../programs/wiring/store-metrics.js';
import { killHard, killStoreProcesses, startCrampedStore } from '../../kit/store-process.js';
import { temporaryDirectory } from '../../kit/store.js';

const { path: directory, remove } = temporaryDirectory();
afterEach(async () => {
  await killStoreProcesses();
  remove();
});

test('a full store is a metric of 1, 0 when there is room again, and none when the store is gone', async () => {
  const store = await startCrampedStore(directory, 1024);
  const client = await MongoClient.connect(store.uri, { retryWrites: false, serverSelectionTimeoutMS: 300 });
  const registry = new Registry();
  watchStore(registry, client);
  const reported = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('overblik_store_full'));
  expect(await reported()).toEqual(['overblik_store_full 0']);
  const rows = client.db('t').collection<{ _id: number; text: string }>('rows');
  const fill = async () => {
    for (let i = 0; i < 100; i++) await rows.insertOne({ _id: i, text: 'x'.repeat(100_000) });
  };
  await expect(fill()).rejects.toMatchObject({ code: 14031 });
  expect(await reported()).toEqual(['overblik_store_full 1']);
  store.more();
  expect(await reported()).toEqual(['overblik_store_full 0']);
  await killHard(store);
  expect(await reported()).toEqual([]);
  await client.close();
});
