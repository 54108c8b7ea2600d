import { afterEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import { NOT_OUTSIDE } from '../../tools/outside-store.mjs';
import { freshDatabases } from './outside-store.js';
import { temporaryDirectory } from './store.js';
import { killStoreProcesses, startStoreProcess } from './store-process.js';

const ROOT = join(import.meta.dirname, '..', '..');
const directory = temporaryDirectory();
afterEach(async () => {
  await killStoreProcesses();
  directory.remove();
});

test('every suite that is left out exists', () => {
  expect(NOT_OUTSIDE.length).toBeGreaterThan(5);
  expect(NOT_OUTSIDE.filter(([path]) => !existsSync(join(ROOT, path)))).toEqual([]);
});

/** Looks for what a run has left, as its end does. */
function lookForLeft(uri: string, run: string) {
  const file = pathToFileURL(join(ROOT, 'tools', 'outside-store-left.mjs')).href;
  return spawnSync(
    process.execPath,
    ['-e', `await (await import(${JSON.stringify(file)})).default()`, '--input-type=module'],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], OVERBLIK_TEST_MONGODB_URI: uri, OVERBLIK_TEST_RUN: run },
    },
  );
}

test('fresh databases are this store’s alone and are gone when dropped; what a run leaves is named, removed, and fails it', async () => {
  const { uri } = await startStoreProcess(directory.path);
  const [first, other] = [await freshDatabases(uri), await freshDatabases(uri)];
  await first.client.db('overblik_cases').collection('cases').insertOne({ x: 1 });
  expect(await other.client.db('overblik_cases').collection('cases').countDocuments()).toBe(0);
  await other.client.db('overblik_cases').collection('cases').insertOne({ x: 2 });
  await first.drop();
  expect(await other.client.db('overblik_cases').collection('cases').countDocuments()).toBe(1);
  await other.drop();
  const client = await MongoClient.connect(uri);
  const names = async () =>
    (await client.db('admin').admin().listDatabases()).databases.map(({ name }) => name);
  expect(await names()).toEqual([]);

  await client.db('t0a1b_1_left').collection('rows').insertOne({ x: 1 });
  await client.db('another').collection('rows').insertOne({ x: 1 });
  const { status, stdout, stderr } = lookForLeft(uri, '0a1b');
  expect([status, stderr]).toEqual([1, expect.stringContaining('databases were left over: t0a1b_1_left')]);
  expect(stdout).toContain('test/store/embedded/: the embedded server');
  expect(await names()).toEqual(['another']);
  expect(lookForLeft(uri, '0a1b')).toMatchObject({ status: 0, stderr: '' });
  await client.close();
});
