import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'bson';
import { MongoClient } from 'mongodb';
import { Engine } from '../../../store/embedded/engine.js';
import { randomOf } from '../../kit/random-writes.js';
import { builtFile } from '../../kit/processes.js';
import { killStoreProcesses, limitFiles, startStoreProcess } from '../../kit/store-process.js';
import { temporaryDirectory } from '../../kit/store.js';

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await killStoreProcesses();
  remove();
});

const FULL = 14031;

const index = (key: Record<string, 1 | -1>) => ({
  name: JSON.stringify(key),
  key,
  unique: false,
  sparse: false,
});

test('records of 1 MB that meet a full disk are refused by a store that lives on', async () => {
  const store = await startStoreProcess(directory);
  const client = await MongoClient.connect(store.uri, { retryWrites: false });
  const rows = client.db('t').collection<{ _id: string; text: string }>('rows');
  const small = Array.from({ length: 400 }, (_, i) => ({ _id: `s${i}`, text: 'x'.repeat(2900) }));
  await rows.insertMany(small);
  // Free pages make LMDB write before it commits.
  await rows.deleteMany({ _id: /^s[12]/ });
  const kept = await rows.countDocuments();
  const big = [1, 2, 3].map((i) => ({ _id: `b${i}`, text: 'x'.repeat(1_000_000) }));
  for (let attempt = 0; attempt < 5; attempt++) {
    const { size } = statSync(join(directory, 'store.lmdb'));
    limitFiles(store, size);
    await expect(rows.insertMany(big)).rejects.toMatchObject({ code: FULL });
    limitFiles(store, 'unlimited');
    await rows.deleteMany({ _id: /^b/ });
    await rows.updateOne({ _id: 's0' }, { $set: { text: `${attempt}` } });
  }
  expect(store.child.signalCode).toBeNull();
  expect(await rows.countDocuments()).toBe(kept);
  expect(await rows.findOne({ _id: 's0' })).toMatchObject({ text: '4' });
  await client.close();
});

/** A small disk of its own, which only root may make. */
const isRoot = process.getuid?.() === 0 && existsSync('/dev/loop-control');

(isRoot ? test : test.skip)(
  'a disk that becomes read-only: changes are refused, reads go on, the store lives (needs root)',
  async () => {
    const [image, disk] = [join(directory, 'image'), join(directory, 'disk')];
    mkdirSync(disk);
    execFileSync('truncate', ['-s', '24M', image]);
    execFileSync('mkfs.ext4', ['-q', image]);
    execFileSync('mount', ['-o', 'loop', image, disk]);
    try {
      const dataDir = join(disk, 'data');
      const store = await startStoreProcess(dataDir);
      const client = await MongoClient.connect(store.uri, { retryWrites: false });
      const rows = client.db('t').collection<{ _id: number }>('rows');
      await rows.insertMany([{ _id: 1 }, { _id: 2 }]);
      // What ext4 does by itself when it meets an error of the disk.
      execFileSync('mount', ['-o', 'remount,abort', disk]);
      for (let _id = 3; _id < 20; _id++)
        await expect(rows.insertOne({ _id })).rejects.toMatchObject({ code: FULL });
      await expect(rows.deleteOne({ _id: 1 })).rejects.toMatchObject({ code: FULL });
      await expect(client.db('admin').command({ ping: 1 })).rejects.toMatchObject({ code: FULL });
      expect(await rows.countDocuments()).toBe(2);
      expect(store.child.signalCode).toBeNull();
      await client.close();
      await killStoreProcesses();
    } finally {
      execFileSync('umount', [disk]);
    }
    // A disk that takes writes again, as after a restart of the machine.
    execFileSync('mount', ['-o', 'loop', image, disk]);
    try {
      const store = await startStoreProcess(join(disk, 'data'));
      const client = await MongoClient.connect(store.uri);
      await client.db('t').collection<{ _id: number }>('rows').insertOne({ _id: 3 });
      expect(await client.db('t').collection('rows').countDocuments()).toBe(3);
      await client.close();
      await killStoreProcesses();
    } finally {
      execFileSync('umount', [disk]);
    }
  },
  60_000,
);

test('a store that finds no room for its file does not start, and starts when there is some', async () => {
  const path = join(directory, 'data');
  const program = `ulimit -S -f 100; exec "${process.execPath}" "${builtFile('programs/store.js')}"`;
  await expect(startStoreProcess(path, ['bash', '-c', program])).rejects.toThrow(/exited with/);
  const store = await startStoreProcess(path);
  const client = await MongoClient.connect(store.uri);
  await client.db('t').collection('rows').insertOne({});
  await client.close();
});

test.each([1, 2])('LMDB writes nothing behind the room that is kept for it (seed %i)', async (seed) => {
  const path = join(directory, 'data');
  const engine = new Engine({ path, maxBytes: 1 << 30 });
  const random = randomOf(seed);
  const id = () => random(3000);
  const write = (many: number, longest: number) => {
    const rows = engine.ensureCollection('t.rows');
    for (let i = 0; i < many; i++) {
      const key = `${random(1e6)}`.repeat(random(200));
      const doc = {
        _id: id(),
        group: random(40),
        many: [random(9), random(9)],
        key,
        text: 'x'.repeat(random(longest)),
      };
      const handle = rows.handleOf(doc._id);
      if (handle === undefined) rows.insert(doc);
      else if (random(3) === 0) rows.remove(handle, rows.doc(handle));
      else rows.replace(handle, rows.doc(handle), doc, serialize(doc));
    }
  };
  const kinds = [
    () => write(1, 100),
    () => write(1 + random(30), 1000),
    () => write(1 + random(300), 10),
    () => write(1 + random(30), 30_000),
    () => write(1, 3_000_000),
    () => void engine.createIndex('t.rows', index({ group: random(2) === 0 ? 1 : -1, key: 1 })),
    () => void engine.createIndex('t.rows', index({ many: -1, _id: 1 })),
    () => random(4) === 0 && engine.dropCollection('t.rows'),
    () => engine.collection('t.rows')?.refile(),
  ];
  for (let change = 0; change < 70; change++) {
    await Promise.all(
      Array.from({ length: 1 + random(3) }, () => engine.change(() => kinds[random(kinds.length)]!())),
    );
    expect(statSync(path).size).toBe(engine.stats().fileBytes);
  }
  await engine.close();
});
