import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { Engine } from '../../../store/embedded/engine.js';
import { RecordFile } from '../../../store/embedded/record-file.js';
import { startTestStore, temporaryDirectory } from '../../kit/store.js';
import {
  killHard,
  killStoreProcesses,
  startCrampedStore,
  startStoreProcess,
} from '../../kit/store-process.js';

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await killStoreProcesses();
  remove();
});

const options = (path: string) => ({ path, maxBytes: 1 << 30 });

test('kill -9 while writing loses nothing that was acknowledged (4 times)', async () => {
  let acknowledged = 0;
  for (let attempt = 0; attempt < 4; attempt++) {
    const store = await startStoreProcess(directory);
    const client = await MongoClient.connect(store.uri);
    const rows = client.db('t').collection<{ _id: number }>('rows');
    const found = await rows.countDocuments();
    expect(found).toBeGreaterThanOrEqual(acknowledged);
    expect(found).toBeLessThanOrEqual(acknowledged + 1);
    acknowledged = found;
    const target = acknowledged + 150;
    let killing: Promise<void> | undefined;
    try {
      while (acknowledged < target + 1000) {
        await rows.insertOne({ _id: acknowledged });
        acknowledged++;
        // The kill lands while the next insert is on its way.
        if (acknowledged === target) killing = killHard(store);
      }
    } catch {
      expect(acknowledged).toBeGreaterThanOrEqual(target);
    }
    await killing;
    await client.close();
  }
});

test('a full disk refuses what does not fit, keeps answering, loses nothing, and goes on when there is room', async () => {
  const store = await startCrampedStore(directory, 2048);
  const client = await MongoClient.connect(store.uri, { retryWrites: false });
  const rows = client.db('t').collection<{ _id: number; text: string; key?: string }>('rows');
  await rows.createIndex({ key: 1 });
  const text = 'x'.repeat(1000);
  let kept = 0;
  const fill = async () => {
    for (; kept < 5000; kept++) await rows.insertOne({ _id: kept, key: `k${kept}`, text });
  };
  await expect(fill()).rejects.toMatchObject({ code: 14031, message: expect.stringMatching(/disk is full/) });
  expect(kept).toBeGreaterThan(100);
  for (let i = 0; i < 3; i++) {
    await expect(rows.insertOne({ _id: -1, text: text.repeat(100) })).rejects.toMatchObject({ code: 14031 });
    expect(await rows.countDocuments()).toBe(kept);
    expect(await rows.findOne({ key: 'k5' })).toMatchObject({ _id: 5 });
  }
  const ping = () => client.db('admin').command({ ping: 1 });
  await expect(ping()).rejects.toMatchObject({ code: 14031 });
  store.more();
  // Readiness asks by this, and so finds that there is room before anybody writes.
  await expect(ping()).resolves.toMatchObject({ ok: 1 });
  await rows.insertOne({ _id: kept, text });
  await killHard(store);
  await client.close();
  const again = new Engine(options(join(directory, 'store.lmdb')));
  const collection = again.collection('t.rows')!;
  expect(collection.size).toBe(kept + 1);
  expect([...collection.handles()]).toHaveLength(kept + 1);
  await again.close();
});

test('a collection whose making found no room is made by the next write, and holds what that wrote', async () => {
  const store = await startCrampedStore(directory, 2048);
  const client = await MongoClient.connect(store.uri, { retryWrites: false });
  const made = client.db('t').collection<{ _id: number; text: string }>('made');
  await expect(made.insertOne({ _id: 1, text: 'x'.repeat(2_000_000) })).rejects.toMatchObject({
    code: 14031,
  });
  await made.insertOne({ _id: 2, text: 'x' });
  expect(await made.countDocuments()).toBe(1);
  await client.close();
  await killHard(store);
  const again = new Engine(options(join(directory, 'store.lmdb')));
  expect(again.collection('t.made')!.size).toBe(1);
  await again.close();
});

test('a damaged record is named, and every other one stays readable', async () => {
  const path = join(directory, 'data');
  const engine = new Engine(options(path));
  await engine.change(() => {
    const rows = engine.ensureCollection('t.rows');
    for (let i = 0; i < 100; i++) rows.insert({ _id: i, text: `record number ${i}.` });
  });
  await engine.close();
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf('record number 42.'); at >= 0; at = bytes.indexOf('record number 42.', at + 1))
    bytes[at]! ^= 1;
  writeFileSync(path, bytes);
  const again = new Engine(options(path));
  const rows = again.collection('t.rows')!;
  const [damaged, ...others] = [42, ...Array.from({ length: 100 }, (_, i) => i).filter((i) => i !== 42)];
  expect(() => rows.doc(rows.handleOf(damaged)!)).toThrow(/record 42 of t\.rows is damaged/);
  for (const i of others)
    expect(rows.doc(rows.handleOf(i)!)).toEqual({ _id: i, text: `record number ${i}.` });
  await again.close();
});

test('what is taken away makes room for what comes', async () => {
  const engine = new Engine(options(join(directory, 'data')));
  const fill = (from: number) =>
    engine.change(() => {
      const rows = engine.ensureCollection('t.rows');
      for (let i = from; i < from + 500; i++) rows.insert({ _id: i, text: 'x'.repeat(1000) });
    });
  await fill(0);
  const { fileBytes } = engine.stats();
  for (let attempt = 1; attempt < 10; attempt++) {
    await engine.change(() => {
      const rows = engine.collection('t.rows')!;
      for (const handle of [...rows.handles()]) rows.remove(handle, rows.doc(handle));
    });
    await fill(attempt * 500);
  }
  expect(engine.stats().records).toBe(500);
  expect(engine.stats().fileBytes).toBeLessThan(fileBytes * 4);
  await engine.close();
});

test('a store of a later version is refused by name', async () => {
  const path = join(directory, 'data');
  const file = new RecordFile(path, 1 << 30);
  await file.write(() => file.catalogue.putSync(Buffer.from('version'), Buffer.from('99'))).durable;
  await file.close();
  expect(() => new Engine(options(path))).toThrow(/format 99.*start the newer one/);
});

test('the driver commits concurrent compare-and-set wins exactly once', async () => {
  await using store = await startTestStore();
  const rows = store.client.db('t').collection<{ _id: string; n: number }>('rows');
  await rows.insertOne({ _id: 'a', n: 0 });
  const wins = await Promise.all(
    Array.from({ length: 8 }, async () => {
      let won = 0;
      while (won < 25) {
        const { n } = (await rows.findOne({ _id: 'a' }))!;
        won += (await rows.updateOne({ _id: 'a', n }, { $inc: { n: 1 } })).modifiedCount;
      }
      return won;
    }),
  );
  expect((await rows.findOne({ _id: 'a' }))!.n).toBe(wins.reduce((sum, won) => sum + won, 0));
});
