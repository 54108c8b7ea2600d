import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { builtFile } from '../../kit/processes.js';
import { temporaryDirectory } from '../../kit/store.js';
import {
  killHard,
  killStoreProcesses,
  type StoreProcess,
  startStoreProcess,
  watched,
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

const STORE = [process.execPath, builtFile('programs/store.js')] as const;

test('after kill -9 the next process starts, also when it bears the number that the killed one had', async () => {
  await killHard(await startStoreProcess(directory));
  // The shell writes its number as the killed process would have written its own, and becomes the store under it.
  const program = `echo -n $$ > "${join(directory, 'store.lock')}"; exec "${STORE[0]}" "${STORE[1]}"`;
  const again = await startStoreProcess(directory, ['bash', '-c', program]);
  expect(again.attached).toBe(false);
});

const canIsolate = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
(canIsolate ? test : test.skip)(
  'containers that share a directory, where every store is process 1: one owns it, and is followed by the next',
  async () => {
    const inContainer = () => startStoreProcess(directory, ['unshare', '--pid', '--fork', ...STORE]);
    for (let attempt = 0; attempt < 2; attempt++) {
      const first = await inContainer();
      const second = await inContainer();
      expect([attempt, first.attached, second.attached]).toEqual([attempt, false, true]);
      const [inside] = readFileSync(
        `/proc/${first.child.pid}/task/${first.child.pid}/children`,
        'utf8',
      ).split(' ');
      const exited = once(first.child, 'exit');
      process.kill(Number(inside), 'SIGKILL');
      await exited;
    }
  },
  120_000,
);

function stop({ child }: StoreProcess): Promise<unknown> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  return exited;
}

test('of those that start at once one owns the data and the others attach, again and again', async () => {
  for (let attempt = 0; attempt < 6; attempt++) {
    const stores = await Promise.all([1, 2, 3].map(() => startStoreProcess(directory)));
    const owners = stores.filter(({ attached }) => !attached);
    const addresses = new Set(stores.map(({ uri }) => uri));
    expect([attempt, owners.length, addresses.size]).toEqual([attempt, 1, 1]);
    await (attempt % 2 === 0 ? killHard : stop)(owners[0]!);
  }
}, 120_000);

test('a store whose lock file is taken away keeps its data to itself: a second one attaches', async () => {
  const owner = await startStoreProcess(directory);
  const client = await MongoClient.connect(owner.uri);
  await client.db('t').collection('rows').insertOne({ x: 1 });
  rmSync(join(directory, 'store.lock'));
  const second = await startStoreProcess(directory);
  expect([second.attached, second.uri]).toEqual([true, owner.uri]);
  await client.db('t').collection('rows').insertOne({ x: 2 });
  expect(await client.db('t').collection('rows').countDocuments()).toBe(2);
  await client.close();
  await killHard(owner);
  expect((await startStoreProcess(directory)).attached).toBe(false);
});

interface Attached {
  /** Waits for the next line that begins so. */
  says(start: string): Promise<void>;
  end(): Promise<void>;
}

/** Starts a process that keeps writing to the store of the directory. */
function startAttached(): Attached {
  const probe = join(import.meta.dirname, '..', 'probes', 'attached.mjs');
  const child = watched(spawn(process.execPath, [probe, directory], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const waiting = new Map<string, () => void>();
  createInterface(child.stdout).on('line', (line) => {
    const [start] = line.split(' ');
    waiting.get(start!)?.();
    waiting.delete(start!);
  });
  return {
    says: (start) => new Promise((resolve) => waiting.set(start, resolve)),
    async end() {
      const exited = once(child, 'exit');
      child.stdin.end();
      expect(await exited).toEqual([0, null]);
    },
  };
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a process that is attached takes over within 5 s of the owner’s %s, and loses nothing',
  async (signal) => {
    let owner = await startStoreProcess(directory);
    for (let attempt = 0; attempt < 2; attempt++) {
      const attached = startAttached();
      await attached.says('kept');
      const from = performance.now();
      owner.child.kill(signal);
      await once(owner.child, 'exit');
      await attached.says('kept');
      expect(performance.now() - from).toBeLessThan(5000);
      const third = await startStoreProcess(directory);
      expect([third.attached, third.uri]).toEqual([true, owner.uri]);
      await attached.end();
      // What it took over is free again, and whole.
      owner = await startStoreProcess(directory);
      expect(owner.attached).toBe(false);
      const client = await MongoClient.connect(owner.uri);
      const ids = await client.db('t').collection<{ _id: number }>('rows').find().sort({ _id: 1 }).toArray();
      expect(ids.map(({ _id }) => _id)).toEqual(ids.map((_, i) => i));
      await client.close();
    }
  },
  120_000,
);
