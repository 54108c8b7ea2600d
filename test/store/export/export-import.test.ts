import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BSON, Double, Int32, Long, type MongoClient } from 'mongodb';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { connectStore, type StoreConnection } from '../../../store/connection.js';
import { exportStore } from '../../../store/export/export-store.js';
import { importStore } from '../../../store/export/import-store.js';
import { newKey } from '../../../subgraphs/shared/settings/keys.js';
import { fact, startLog } from '../../kit/audit-log.js';
import { builtFile } from '../../kit/processes.js';
import { startTestStore, temporaryDirectory, type TestStore } from '../../kit/store.js';
import { killStoreProcesses, startStoreProcess, watched } from '../../kit/store-process.js';

let directory: string;
let remove: () => void;
let kept: string;
const open: StoreConnection[] = [];
const stores: TestStore[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
  kept = join(directory, 'kept');
});
afterEach(async () => {
  for (const connection of open.splice(0)) await connection.close();
  for (const store of stores.splice(0)) await store[Symbol.asyncDispose]();
  await killStoreProcesses();
  remove();
});

/** A store in this process. */
async function innerStore(): Promise<StoreConnection> {
  const store = await startTestStore();
  stores.push(store);
  const connection = await store.connect();
  open.push(connection);
  return connection;
}

/** A store in a process of its own, reached by its address alone. */
async function outsideStore(name: string): Promise<StoreConnection & { readonly uri: string }> {
  const { uri } = await startStoreProcess(join(directory, name));
  const connection = await connectStore(uri);
  open.push(connection);
  return { ...connection, uri };
}

const GROUPS = 30;
const RECORDS = 2500;
const FEW = 30;

/** Records of every collection kind, values of types that look alike, and a log with its checkpoints. */
async function fill(store: StoreConnection, records = RECORDS) {
  await buildSubgraphIndexes(store);
  const rows = Array.from({ length: records }, (_, n) => ({
    _id: `case-${n}` as never,
    partyIds: [`citizen-${n % GROUPS}`],
    whole: new Int32(n),
    broken: new Double(n),
    long: Long.fromNumber(n),
    at: new Date(n * 1000),
    none: null,
    inside: { text: 'æøå', deeper: [{ x: 1 }, [], {}] },
  }));
  await store.database('cases').collection('cases').insertMany(rows);
  // A name that is a whole number comes after another one.
  await store
    .database('access')
    .collection('versions')
    .insertOne({ _id: '29189447' as never, b: 1 });
  await store
    .database('access')
    .collection('versions')
    .updateOne({ _id: '29189447' as never }, { $set: { 7: 1 } });
  const { writer, environment } = await startLog(store.database('audit'));
  for (let n = 0; n < 5; n++) await writer.append([fact(), fact()]);
  await writer.stop();
  return { environment };
}

/** What every collection holds, as a reader of its own sees it: by id, in canonical extended JSON, with its indexes. */
async function contents(client: MongoClient): Promise<Record<string, unknown>> {
  const { databases } = await client.db('admin').admin().listDatabases();
  const all: Record<string, unknown> = {};
  for (const { name } of databases.filter((database) => database.name.startsWith('overblik_')))
    for (const collection of await client.db(name).collections()) {
      const records = await collection.find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();
      const hash = createHash('sha256');
      for (const record of records) hash.update(BSON.EJSON.stringify(record, { relaxed: false }));
      const indexes = await collection.listIndexes().toArray();
      all[collection.namespace] = { count: records.length, sum: hash.digest('hex'), indexes };
    }
  return all;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function run(
  program: 'export' | 'import',
  where: string,
  environment: Record<string, string>,
): Promise<Ended> {
  const child = watched(
    spawn(process.execPath, [builtFile(`programs/${program}-store.js`), where], {
      cwd: directory,
      env: { PATH: process.env['PATH'], OVERBLIK_MODE: 'development', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

describe('from one store to another, by the programs', () => {
  test('an embedded data folder, files, a store at an address, and back: the same by count, checksum and index, and the log is whole', async () => {
    const first = await outsideStore('first');
    const { environment } = await fill(first);
    const before = await contents(first.client);
    await first.close();
    open.splice(0);
    await killStoreProcesses();

    const out = await run('export', kept, { DATA_DIR: join(directory, 'first'), ...environment });
    expect(out.output).toMatch(/cases\.cases: 2500 records, checksum [0-9a-f]{64}/);
    expect(out.output).toMatch(/look-up log is whole: [1-9]\d* entries[\s\S]*The export is whole\.\n$/);
    expect(out.code).toBe(0);

    const second = await outsideStore('second');
    const into = await run('import', kept, {
      MONGODB_URI: second.uri,
      DATA_DIR: join(directory, 'none'),
      ...environment,
    });
    expect(into.output).toMatch(/look-up log is whole: [1-9]\d* entries[\s\S]*The export is imported\.\n$/);
    expect(into.code).toBe(0);
    expect(await contents(second.client)).toEqual(before);

    const again = join(directory, 'again');
    const back = { DATA_DIR: join(directory, 'third'), ...environment };
    expect(
      await run('export', again, {
        MONGODB_URI: second.uri,
        DATA_DIR: join(directory, 'none'),
        ...environment,
      }),
    ).toMatchObject({ code: 0 });
    expect(await run('import', again, back)).toMatchObject({ code: 0 });
    const third = await outsideStore('third');
    expect(await contents(third.client)).toEqual(before);
    const sums = (from: string) =>
      (
        JSON.parse(readFileSync(join(from, 'overblik-export.json'), 'utf8')) as { collections: object[] }
      ).collections.map((collection) => ({ ...collection, sha256: undefined }));
    expect(sums(again)).toEqual(sums(kept));
  });

  test('one from a directory that is none, or into one that holds something, says so', async () => {
    mkdirSync(kept);
    writeFileSync(join(kept, 'mine'), '');
    const settings = {
      DATA_DIR: join(directory, 'data'),
      AUDIT_SIGNING_KEY: JSON.stringify(await newKey()),
    };
    const none = await run('import', join(directory, 'nowhere'), settings);
    expect([none.code, none.output]).toEqual([1, expect.stringContaining('holds no overblik-export.json')]);
    const full = await run('export', kept, settings);
    expect([full.code, full.output]).toEqual([1, expect.stringContaining('is not empty: it holds mine')]);
    expect(readdirSync(kept)).toEqual(['mine']);
  });
});

const nothing = () => undefined;
const proven = async () => undefined;
const exported = (store: StoreConnection, to = kept) =>
  exportStore({ store, to, logKeys: [], onProgress: nothing, proveLog: proven });
const imported = (store: StoreConnection, from = kept) =>
  importStore({ store, from, onProgress: nothing, proveLog: () => proven });

describe('the files are those of mongodump', () => {
  test('one of records and one of indexes for each collection, in a folder for each database', async () => {
    const store = await innerStore();
    await fill(store, FEW);
    await exported(store);
    expect(readdirSync(kept).sort().slice(0, 2)).toEqual(['overblik-export.json', 'overblik_access']);
    const records = readFileSync(join(kept, 'overblik_cases', 'cases.bson'));
    let at = 0;
    let count = 0;
    for (; at < records.length; count++) {
      const length = records.readInt32LE(at);
      expect(Object.keys(BSON.deserialize(records.subarray(at, at + length)))[0]).toBe('_id');
      at += length;
    }
    expect([at, count]).toEqual([records.length, FEW]);
    const indexes = BSON.EJSON.parse(
      readFileSync(join(kept, 'overblik_audit', 'entries.metadata.json'), 'utf8'),
      {
        relaxed: false,
      },
    ) as { indexes: object[] };
    expect(indexes).toMatchObject({ collectionName: 'entries', type: 'collection', options: {} });
    expect(indexes.indexes).toContainEqual({
      v: new Int32(2),
      name: 'chain',
      key: { writer: new Int32(1), cvr: new Int32(1), seq: new Int32(1) },
      unique: true,
    });
  });
});

describe('what is refused by name', () => {
  const damage = (file: string, change: (bytes: Buffer) => Buffer) => {
    const path = join(kept, file);
    writeFileSync(path, change(readFileSync(path)));
  };
  const CASES = 'overblik_cases/cases.bson';
  const flipped = (bytes: Buffer) => {
    bytes[bytes.length >> 1]! ^= 1;
    return bytes;
  };
  const edit = (change: (manifest: { version: number; collections: Record<string, unknown>[] }) => void) =>
    damage('overblik-export.json', (bytes) => {
      const manifest = JSON.parse(bytes.toString()) as Parameters<typeof change>[0];
      change(manifest);
      return Buffer.from(JSON.stringify(manifest));
    });

  test.each<[string, () => void, RegExp]>([
    ['a flipped bit', () => damage(CASES, flipped), /cases\.bson is not what was exported/],
    [
      'a truncated file',
      () => damage(CASES, (bytes) => bytes.subarray(0, -9)),
      /cases\.bson has \d+ bytes, and \d+ were/,
    ],
    ['a missing file', () => rmSync(join(kept, CASES)), /cases\.bson is missing/],
    [
      'damaged indexes',
      () => damage('overblik_cases/cases.metadata.json', flipped),
      /cases\.metadata\.json is not what was exported/,
    ],
    [
      'a damaged manifest',
      () => damage('overblik-export.json', (bytes) => bytes.subarray(0, -9)),
      /has a damaged overblik-export\.json/,
    ],
    [
      'no manifest',
      () => rmSync(join(kept, 'overblik-export.json')),
      /is no export, or one that was broken off/,
    ],
    [
      'a later form',
      () => edit((manifest) => (manifest.version = 9)),
      /form 9; this version .* the newer one/,
    ],
    [
      'a collection that this version does not know',
      () => edit(({ collections }) => (collections[0]!['name'] = 'strangers')),
      /does not know: citizens\.strangers/,
    ],
    [
      'a file that nothing speaks of',
      () => writeFileSync(join(kept, 'overblik_cases', 'more.bson'), ''),
      /does not know: overblik_cases\/more\.bson/,
    ],
    [
      'a record too many, in a file whose checksum was made anew',
      () => {
        const record = BSON.serialize({ _id: 'more' });
        damage(CASES, (bytes) => Buffer.concat([bytes, record]));
        edit(({ collections }) => {
          const cases = collections.find(({ part, name }) => part === 'cases' && name === 'cases')!;
          const bytes = readFileSync(join(kept, CASES));
          cases['bytes'] = bytes.length;
          cases['sha256'] = createHash('sha256').update(bytes).digest('hex');
        });
      },
      /holds 31 records that are not the 30/,
    ],
  ])('an import of an export with %s, and nothing is imported', async (_says, spoil, message) => {
    const store = await innerStore();
    await fill(store, FEW);
    await exported(store);
    const empty = await innerStore();
    spoil();
    await expect(imported(empty)).rejects.toThrow(message);
    expect(await contents(empty.client)).toEqual({});
  });

  test('an import into a store that holds a record; empty collections, as sharding makes them, are taken', async () => {
    const store = await innerStore();
    await fill(store, FEW);
    await exported(store);
    const other = await innerStore();
    await other.database('cases').createCollection('cases');
    await other.database('alerts').collection('reminders').insertOne({ at: 1 });
    await expect(imported(other)).rejects.toThrow('the store is not empty: alerts.reminders;');
    await other.database('alerts').dropDatabase();
    await imported(other);
    expect(await contents(other.client)).toEqual(await contents(store.client));
  });

  test('an export of a store with a collection that this version does not know, and nothing is left of it', async () => {
    const store = await innerStore();
    await store.database('cases').collection('strangers').insertOne({ at: 1 });
    await expect(exported(store)).rejects.toThrow(
      'the store holds collections that this version of Overblik does not know: cases.strangers',
    );
  });

  test('an export during which somebody writes, and nothing is left of it', async () => {
    const store = await innerStore();
    await fill(store, FEW);
    const writing = exportStore({
      store,
      to: kept,
      logKeys: [],
      proveLog: proven,
      onProgress: (step, done, total) => {
        if (step === 'copy' && done === total)
          void store.database('cases').collection('notes').insertOne({ at: 1 });
      },
    });
    await expect(writing).rejects.toThrow(
      /changed while the store was exported: cases\.notes; stop Overblik/,
    );
    expect(readdirSync(kept)).toEqual([]);
  });

  test('a log that is not whole, at either end', async () => {
    const store = await innerStore();
    await fill(store, FEW);
    const broken = async () => {
      throw new Error('the log has faults');
    };
    const options = { store, onProgress: nothing };
    await expect(exportStore({ ...options, to: kept, logKeys: [], proveLog: broken })).rejects.toThrow(
      'the log has faults',
    );
    expect(readdirSync(kept)).toEqual([]);
    await exported(store);
    const empty = await innerStore();
    const importing = importStore({ store: empty, from: kept, onProgress: nothing, proveLog: () => broken });
    await expect(importing).rejects.toThrow('the log has faults');
  });
});
