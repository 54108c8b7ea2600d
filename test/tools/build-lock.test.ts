import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../kit/store.js';

const MODULE = join(import.meta.dirname, '..', '..', 'tools', 'build-lock.mjs');
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** A process that adds to a file what it found there, as slowly as a build. */
const worker = () => `
  import { readFileSync, writeFileSync } from 'node:fs';
  import { whileLocked } from ${JSON.stringify(MODULE)};
  whileLocked(${JSON.stringify(join(directory.path, 'lock'))}, () => {
    const file = ${JSON.stringify(join(directory.path, 'file'))};
    const before = readFileSync(file, 'utf8');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    writeFileSync(file, before + 'x');
  });`;
const run = () =>
  new Promise<number | null>((resolve) =>
    spawn(process.execPath, ['--input-type=module', '-e', worker()], { stdio: 'inherit' }).once(
      'exit',
      resolve,
    ),
  );

test('processes that are started side by side work one after another', async () => {
  writeFileSync(join(directory.path, 'file'), '');
  expect(await Promise.all([run(), run(), run(), run()])).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(directory.path, 'file'), 'utf8')).toBe('xxxx');
}, 60_000);

test('the lock of a process that died is taken over', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(join(directory.path, 'lock'), String(dead));
  writeFileSync(join(directory.path, 'file'), '');
  expect(await run()).toBe(0);
}, 60_000);
