import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoreSettings } from '../../../store/settings.js';
import { type EmbeddedStore, startOrAttach } from '../../../store/start-or-attach.js';
import { makePrivate, socketPathOf } from '../../../store/embedded/data-directory.js';
import { connectStore } from '../../../store/connection.js';
import { temporaryDirectory } from '../../kit/store.js';

let directory: string;
let remove: () => void;
const open: EmbeddedStore[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  for (const store of open.splice(0).reverse()) await store.close();
  remove();
});

const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);
const isRoot = process.geteuid?.() === 0;

async function start(dataDir: string): Promise<EmbeddedStore> {
  const settings: StoreSettings = {
    mongodbUri: undefined,
    databasePrefix: 'overblik_',
    dataDir,
    storeSlowMs: 250,
    storeMaxMb: 64,
    production: false,
    allowEmbeddedInProduction: false,
  };
  const store = await startOrAttach(settings, (error) => {
    throw error;
  });
  open.push(store);
  return store;
}

test('nobody but the owner may enter the directory or read a file in it, also when it stood open before', async () => {
  const dataDir = join(directory, 'data');
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o777);
  await start(dataDir);
  expect(modeOf(dataDir)).toBe('700');
  const files = readdirSync(dataDir).filter((name) => !name.endsWith('.sock'));
  expect(files).toContain('store.json');
  for (const name of files) expect([name, modeOf(join(dataDir, name))]).toEqual([name, '600']);
});

const connecting = (socket: string): string => `
  const socket = require('node:net').createConnection(${JSON.stringify(socket)});
  socket.on('connect', () => process.exit(0));
  socket.on('error', (error) => { console.log(error.code); process.exit(1); });`;

(isRoot ? test : test.skip)('another user of the machine cannot connect, the owner can', async () => {
  const dataDir = join(directory, 'data');
  chmodSync(directory, 0o755);
  await start(dataDir);
  const socket = socketPathOf(dataDir);
  const as = (uid: number | undefined) =>
    spawnSync(process.execPath, ['-e', connecting(socket)], {
      cwd: '/',
      encoding: 'utf8',
      env: {},
      ...(uid !== undefined && { uid, gid: uid }),
    });
  expect(as(undefined).status).toBe(0);
  const stranger = as(65_534);
  expect([stranger.status, stranger.stdout.trim()]).toEqual([1, 'EACCES']);
});

describe('a directory that cannot be made private is refused by name', () => {
  (isRoot ? test : test.skip)('one that belongs to another user', () => {
    chownSync(directory, 65_534, 65_534);
    expect(() => makePrivate(directory)).toThrow(/DATA_DIR .* belongs to another user/);
  });
  test('one that several users share', () => {
    chmodSync(directory, 0o1777);
    expect(() => makePrivate(directory)).toThrow(/DATA_DIR .* is shared by several users/);
    expect(modeOf(directory)).toBe('777');
  });
});

test('in a directory whose path is too long for a socket the store listens in a private one that is found again', async () => {
  const long = join(directory, 'd'.repeat(120));
  const owner = await start(long);
  const attached = await start(long);
  expect(attached).toMatchObject({ attached: true, uri: owner.uri });
  const place = dirname(socketPathOf(long));
  expect(modeOf(place)).toBe('700');
  const connection = await connectStore(attached.uri);
  await connection.database('d').collection('rows').insertOne({ kept: true });
  await connection.close();
  rmSync(place, { recursive: true });
});
