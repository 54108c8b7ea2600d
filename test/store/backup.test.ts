import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { backUp, type BackupOptions } from '../../store/backup.js';
import { Engine } from '../../store/embedded/engine.js';
import { RecordFile } from '../../store/embedded/record-file.js';
import { restore } from '../../store/restore.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { fact, startLog } from '../kit/audit-log.js';
import { builtFile } from '../kit/processes.js';
import { temporaryDirectory } from '../kit/store.js';
import { killStoreProcesses, startStoreProcess, watched } from '../kit/store-process.js';

let directory: string;
let remove: () => void;
let dataDir: string;
let kept: string;
let restored: string;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
  [dataDir, kept, restored] = ['data', 'kept', 'restored'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
});
afterEach(async () => {
  await killStoreProcesses();
  remove();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end, or to the moment it says something. */
async function run(
  program: 'backup' | 'restore',
  to: string,
  environment: Record<string, string>,
  killAt?: RegExp,
): Promise<Ended> {
  const child = watched(
    spawn(process.execPath, [builtFile(`programs/${program}-store.js`), to], {
      cwd: directory,
      env: { PATH: process.env['PATH'], OVERBLIK_MODE: 'development', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  const take = (chunk: Buffer) => {
    output += chunk.toString();
    if (killAt?.test(output)) child.kill('SIGKILL');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  await once(child, 'close');
  return { code: child.exitCode, output };
}

/** Writes records and log entries, one after the other, until it is to stop. */
function keepWriting(client: MongoClient, writer: AuditWriter) {
  const state = { going: true, acknowledged: 0 };
  const rows = client.db('t').collection<{ _id: number; double: number }>('rows');
  const done = (async () => {
    for (; state.going; state.acknowledged++) {
      await rows.insertOne({ _id: state.acknowledged, double: state.acknowledged * 2 });
      await writer.append([fact()]);
    }
  })();
  const stop = async () => {
    state.going = false;
    await done;
  };
  return { state, stop };
}

test('a backup of a store that is being written to is whole, and so is what is restored from it', async () => {
  const store = await startStoreProcess(dataDir);
  const client = await MongoClient.connect(store.uri);
  const { writer, environment } = await startLog(client.db('overblik_audit'));
  await client.db('t').collection('rows').createIndex({ double: 1 }, { unique: true });
  const { state, stop } = keepWriting(client, writer);
  while (state.acknowledged < 100) await client.db('admin').command({ serverStatus: 1 });
  const before = state.acknowledged;
  const backup = await run('backup', kept, { DATA_DIR: dataDir, ...environment });
  expect(backup.output).toMatch(/Copying \[#+\] [\s\S]*Checking \[#+\] /);
  expect(backup.output).toMatch(/The look-up log is whole: [1-9]\d* entries under [1-9]\d* checkpoints\./);
  expect(backup.output).toMatch(/Point in time: \d{4}-\d\d-\d\dT[\d:.]+Z;[\s\S]*The backup is whole\.\n$/);
  expect(backup.code).toBe(0);
  await stop();
  await writer.stop();
  await client.close();
  expect(state.acknowledged).toBeGreaterThan(before);
  const back = await run('restore', kept, { DATA_DIR: restored, ...environment });
  expect([back.code, back.output]).toEqual([
    0,
    expect.stringContaining(`The backup is restored to ${restored}.`),
  ]);
  const again = await startStoreProcess(restored);
  const other = await MongoClient.connect(again.uri);
  const ids = await other
    .db('t')
    .collection<{ _id: number; double: number }>('rows')
    .find()
    .sort({ _id: 1 })
    .toArray();
  expect(ids.length).toBeGreaterThanOrEqual(before);
  expect(ids.length).toBeLessThanOrEqual(state.acknowledged);
  expect(ids).toEqual(ids.map((_, i) => ({ _id: i, double: i * 2 })));
  await other.close();
}, 120_000);

const whole = async () => undefined;
const backup = (options: Partial<BackupOptions> = {}) =>
  backUp({ dataDir, to: kept, logKeys: [], onProgress: () => undefined, proveLog: whole, ...options });
const back = (from = kept, to = restored) =>
  restore({ from, dataDir: to, onProgress: () => undefined, proveLog: () => whole });

async function fill(): Promise<void> {
  mkdirSync(dataDir);
  const engine = new Engine({ path: join(dataDir, 'store.lmdb'), maxBytes: 1 << 30 });
  await engine.change(() => {
    engine.createIndex('t.rows', { name: 'n', key: { n: 1 }, unique: false, sparse: false });
    const rows = engine.ensureCollection('t.rows');
    for (let i = 0; i < 500; i++) rows.insert({ _id: i, n: i % 7, text: `record number ${i}.` });
    engine.ensureCollection('t.empty');
  });
  await engine.close();
}

const edit = (change: (manifest: Record<string, unknown>) => void) => {
  const path = join(kept, 'backup.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
};

describe('what is refused by name', () => {
  beforeEach(fill);

  test('a backup into a directory that holds something, which stays as it is', async () => {
    await expect(backup({ to: dataDir })).rejects.toThrow(
      /backup directory .* is not empty: it holds store\.lmdb/,
    );
    expect(existsSync(join(dataDir, 'store.lmdb'))).toBe(true);
  });

  test('a restore into a directory that holds something, which stays as it is', async () => {
    await backup();
    mkdirSync(restored);
    writeFileSync(join(restored, 'store.data'), 'mine');
    await expect(back()).rejects.toThrow(/DATA_DIR .* is not empty: it holds store\.data/);
    expect(readdirSync(restored)).toEqual(['store.data']);
  });

  test('a restore under a running store', async () => {
    await backup();
    await startStoreProcess(restored);
    await expect(back()).rejects.toThrow(/DATA_DIR .* is not empty/);
  });

  test.each<[string, (manifest: Record<string, unknown>) => void, RegExp]>([
    ['of a later form', (manifest) => (manifest['version'] = 99), /form 99; this version .* the newer one/],
    [
      'of data of a later version',
      (manifest) => (manifest['dataVersion'] = 99),
      /version 99; this version .* the newer one/,
    ],
    ['whose manifest is damaged', (manifest) => delete manifest['sha256'], /damaged backup\.json/],
    [
      'in which a record is missing',
      (manifest) => ((manifest['collections'] as { records: number }[])[1]!.records += 1),
      /t\.rows: 501 records were backed up, 500 are there/,
    ],
    [
      'whose records are others',
      (manifest) => ((manifest['collections'] as { sha256: string }[])[1]!.sha256 = '0'.repeat(64)),
      /t\.rows: its checksum differs/,
    ],
  ])('a backup %s', async (_says, change, message) => {
    await backup();
    edit(change);
    await expect(back()).rejects.toThrow(message);
    expect(existsSync(join(restored, 'store.lmdb'))).toBe(false);
  });

  test('a backup with a flipped bit', async () => {
    await backup();
    const path = join(kept, 'records.lmdb');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('record number 42.')]! ^= 1;
    writeFileSync(path, bytes);
    await expect(back()).rejects.toThrow(/records\.lmdb is not what was backed up/);
    expect(readdirSync(restored)).toEqual(['store.lock']);
  });

  test('a store with a damaged record, of which nothing is left that passes for a backup', async () => {
    const path = join(dataDir, 'store.lmdb');
    const bytes = readFileSync(path);
    for (
      let at = bytes.indexOf('record number 42.');
      at >= 0;
      at = bytes.indexOf('record number 42.', at + 1)
    )
      bytes[at]! ^= 1;
    writeFileSync(path, bytes);
    await expect(backup()).rejects.toThrow(/t\.rows record 42: its checksum does not match/);
    expect(readdirSync(kept)).toEqual([]);
  });

  test('a copy whose log is not whole', async () => {
    const proveLog = async () => {
      throw new Error('the log has faults');
    };
    await expect(backup({ proveLog })).rejects.toThrow('the log has faults');
    expect(readdirSync(kept)).toEqual([]);
  });

  test('data of a later version', async () => {
    const file = new RecordFile(join(dataDir, 'store.lmdb'), 1 << 30);
    await file.write(() => file.catalogue.putSync(Buffer.from('version'), Buffer.from('99'))).durable;
    await file.close();
    await expect(backup()).rejects.toThrow(/format 99/);
    expect(readdirSync(kept)).toEqual([]);
  });
});

test('a program that is killed in the middle of a backup or a restore leaves nothing that passes for whole', async () => {
  const store = await startStoreProcess(dataDir);
  const client = await MongoClient.connect(store.uri);
  const { writer, environment } = await startLog(client.db('overblik_audit'));
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ _id: i as never, text: 'x'.repeat(500) }));
  await client.db('t').collection('rows').insertMany(rows);
  await writer.append([fact()]);
  await writer.stop();
  await client.close();
  const points = [/Copying/, /Checking/, /look-up log is whole/];
  const source = { DATA_DIR: dataDir, ...environment };
  let killed = 0;
  for (const [i, point] of points.entries()) {
    const to = `${kept}${i}`;
    if ((await run('backup', to, source, point)).code === null) killed++;
    // A kill may come too late.
    if (existsSync(join(to, 'backup.json'))) await back(to, `${restored}-late${i}`);
    else await expect(back(to)).rejects.toThrow(/holds no backup\.json/);
  }
  expect(killed).toBeGreaterThan(0);
  const { collections } = await backup();
  killed = 0;
  for (const [i, point] of points.entries()) {
    const to = `${restored}${i}`;
    if ((await run('restore', kept, { DATA_DIR: to, ...environment }, point)).code === null) killed++;
    if (!existsSync(join(to, 'store.lmdb'))) await back(kept, to);
    expect(readdirSync(to).sort()).toEqual(['store.lmdb', 'store.lock']);
    const again = await backup({ dataDir: to, to: join(directory, `again${i}`) });
    expect(again.collections).toEqual(collections);
  }
  expect(killed).toBeGreaterThan(0);
}, 240_000);

test('a restored store is the same in every byte of each record, and backs up again to the same checksums', async () => {
  await fill();
  const { collections } = await backup();
  await back();
  const moved = join(directory, 'moved');
  cpSync(restored, moved, { recursive: true });
  const again = await backup({ dataDir: moved, to: join(directory, 'again') });
  expect(again.collections).toEqual(collections);
  expect(collections.map(({ namespace, records }) => [namespace, records])).toEqual([
    ['t.empty', 0],
    ['t.rows', 500],
  ]);
});
