import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { Engine } from '../../../store/embedded/engine.js';
import { startStoreThread } from '../../../store/embedded/start-thread.js';
import { startTestStore, temporaryDirectory } from '../../kit/store.js';

const MANY = Array.from({ length: 20_000 }, (_, i) => ({ _id: `r${i}`, text: 'x'.repeat(200) }));

test('others are answered while a long batch is written, and see what of it is there', async () => {
  await using store = await startTestStore();
  const records = store.client.db('d').collection<{ _id: string; text: string }>('records');
  const state = { done: false };
  const writing = records.insertMany(MANY).then(() => (state.done = true));
  const counts: number[] = [];
  while (!state.done) counts.push(await records.countDocuments());
  await writing;
  const between = counts.filter((count) => count > 0 && count < MANY.length);
  expect(between.length).toBeGreaterThan(0);
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(await records.countDocuments()).toBe(MANY.length);
});

test('a collection that is dropped while a long batch is written holds the rest of it, and does so after a restart', async () => {
  const { path: directory, remove } = temporaryDirectory();
  const path = join(directory, 'kept.data');
  const left = await (async () => {
    await using store = await startTestStore({ path });
    const records = store.client.db('d').collection<{ _id: string; text: string }>('records');
    const writing = records.insertMany(MANY);
    while ((await records.countDocuments()) === 0);
    await records.drop();
    await writing;
    return await records.countDocuments();
  })();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(MANY.length);
  const engine = new Engine({ path, maxBytes: 1 << 30 });
  expect(engine.collection('d.records')?.size).toBe(left);
  await engine.close();
  remove();
});

test('the store on its thread keeps what was written, and a file it cannot read is said where it was started', async () => {
  const { path: directory, remove } = temporaryDirectory();
  const failures: string[] = [];
  const options = {
    path: join(directory, 'store.lmdb'),
    maxBytes: 1 << 30,
    socket: join(directory, 'store.sock'),
    onError: (error: Error) => failures.push(error.message),
  };
  const thread = await startStoreThread(options);
  const client = await MongoClient.connect(thread.uri);
  await client.db('d').collection<{ _id: string }>('records').insertOne({ _id: 'kept' });
  thread.releaseMemory();
  expect(await client.db('d').collection('records').countDocuments()).toBe(1);
  await client.close();
  await thread.close();
  const engine = new Engine(options);
  expect(engine.collection('d.records')?.size).toBe(1);
  await engine.close();
  await expect(startStoreThread({ ...options, path: directory })).rejects.toThrow(/EISDIR/);
  expect(failures).toEqual([]);
  remove();
});
