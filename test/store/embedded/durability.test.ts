import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import fc from 'fast-check';
import { serialize } from 'bson';
import { Engine } from '../../../store/embedded/engine.js';
import { FrameKind, Journal } from '../../../store/embedded/journal.js';
import { startTestStore, temporaryDirectory } from '../../kit/store.js';
import { builtFile } from '../../kit/processes.js';

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(() => remove());

const options = (path: string) => ({ path, maxBytes: 1 << 30, cacheBytes: 1 << 20 });

/** @returns this process's descriptor of an open file (Linux). */
function openDescriptorOf(path: string): number {
  const open = readdirSync('/proc/self/fd').find((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  });
  return Number(open);
}

interface RunningStore {
  readonly child: ChildProcess;
  readonly uri: string;
}

/** Starts `npm run store`'s program as a process of its own, so that it can be killed. */
function startStoreProcess(dataDir: string): Promise<RunningStore> {
  const child = spawn(process.execPath, [builtFile('programs/store.js')], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`store exited with ${String(code)}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const uri = /mongodb:\/\/\S+/.exec(text)?.[0];
      if (uri) resolve({ child, uri });
    });
  });
}

async function killHard({ child }: RunningStore): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

test('kill -9 while writing loses nothing that was acknowledged (4 rounds)', async () => {
  let acknowledged = 0;
  for (let round = 0; round < 4; round++) {
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

test('a data file cut at any byte opens with a clean prefix and can be written again', async () => {
  const path = join(directory, 'data');
  const engine = new Engine(options(path));
  const rows = engine.ensureCollection('t.rows');
  for (let i = 0; i < 30; i++) rows.insert({ _id: i, text: 'x'.repeat(i) });
  await engine.durable();
  await engine.close();
  const size = statSync(path).size;

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 8, max: size }), async (cut) => {
      const torn = join(directory, 'torn');
      copyFileSync(path, torn);
      truncateSync(torn, cut);
      const reopened = new Engine(options(torn));
      const found = reopened.collection('t.rows')?.size ?? 0;
      const collection = reopened.ensureCollection('t.rows');
      for (let i = 0; i < found; i++) expect(collection.handleOf(i)).toBeDefined();
      collection.insert({ _id: 'after' });
      await reopened.durable();
      await reopened.close();
      const again = new Engine(options(torn));
      expect(again.collection('t.rows')!.size).toBe(found + 1);
      await again.close();
    }),
    { numRuns: 60 },
  );
});

test('a flipped bit ends the readable prefix; what stands before it is kept', async () => {
  const path = join(directory, 'data');
  const engine = new Engine(options(path));
  const rows = engine.ensureCollection('t.rows');
  for (let i = 0; i < 10; i++) rows.insert({ _id: i });
  await engine.durable();
  await engine.close();
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(path, bytes);
  const reopened = new Engine(options(path));
  const left = reopened.collection('t.rows')!.size;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(10);
  await reopened.close();
});

describe('compaction', () => {
  test('keeps every live record, its order and its indexes, and shrinks the file', async () => {
    const path = join(directory, 'data');
    const engine = new Engine(options(path));
    engine.createIndex('t.rows', { name: 'n', key: { n: 1 }, unique: true, sparse: false });
    const rows = engine.ensureCollection('t.rows');
    for (let i = 0; i < 50; i++) rows.insert({ _id: `r${i}`, n: i, text: 'x'.repeat(200) });
    for (let i = 0; i < 45; i++) rows.remove(rows.handleOf(`r${i}`)!, rows.doc(rows.handleOf(`r${i}`)!));
    await engine.durable();
    const before = statSync(path).size;
    engine.compact();
    expect(statSync(path).size).toBeLessThan(before / 4);
    rows.insert({ _id: 'new', n: 1000 });
    await engine.durable();
    await engine.close();
    const again = new Engine(options(path));
    const reread = again.collection('t.rows')!;
    expect([...reread.handles()].map((handle) => reread.doc(handle)['_id'])).toEqual([
      'r45',
      'r46',
      'r47',
      'r48',
      'r49',
      'new',
    ]);
    expect(() => reread.insert({ _id: 'clash', n: 45 })).toThrow(/E11000/);
    await again.close();
  });
});

test('bodies are read through a cache bounded in bytes', async () => {
  const engine = new Engine({ ...options(join(directory, 'data')), cacheBytes: 10_000 });
  const rows = engine.ensureCollection('t.rows');
  for (let i = 0; i < 100; i++) rows.insert({ _id: i, text: 'x'.repeat(500) });
  await engine.durable();
  for (const handle of rows.handles()) rows.doc(handle);
  expect(engine.stats().cachedBytes).toBeLessThanOrEqual(10_000);
  expect(engine.stats().cachedBytes).toBeGreaterThan(5_000);
  await engine.close();
});

test('after a failed write to disk nothing is answered any more', async () => {
  const path = join(directory, 'data');
  writeFileSync(path, 'OVBSTOR1');
  const journal = Journal.open(path, 1 << 30, () => undefined);
  // The descriptor is closed under the journal, as a disk that went away would do.
  closeSync(openDescriptorOf(path));
  journal.append(FrameKind.Put, 't.rows', serialize({ _id: 1 }));
  await expect(journal.durable()).rejects.toMatchObject({ code: 91 });
  expect(() => journal.append(FrameKind.Put, 't.rows', serialize({ _id: 2 }))).toThrow(
    /answers nothing more/,
  );
});

test('two processes on one data directory: the second is told where the first answers', async () => {
  const first = await startStoreProcess(directory);
  const second = await startStoreProcess(directory);
  expect(second.uri).toBe(first.uri);
  expect(second.child.exitCode ?? (await new Promise((resolve) => second.child.once('exit', resolve)))).toBe(
    0,
  );
  await killHard(first);
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
