import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeEmpty, type OnProgress, sync } from '../backup.js';
import type { StoreConnection } from '../connection.js';
import type { PublicLogKey } from '../manifest-file.js';
import type { Proof } from '../prove-copy.js';
import {
  EXPORT_FILE,
  type ExportedCollection,
  type ExportManifest,
  writeExportManifest,
} from './export-manifest.js';
import { RecordSum } from './exported-form.js';
import { indexFile } from './index-file.js';
import { collectionsIn, isKnown, type NamedCollection, titleOf } from './product-collections.js';
import { writeRecords } from './record-files.js';
import { Steps } from './steps.js';
import { storedRecords, sumOfStored } from './stored-records.js';

/** Raised for a store that holds what this version does not know: nothing is left behind without a word. */
export class ForeignCollection extends Error {
  constructor(where: string, titles: readonly string[]) {
    super(`${where} holds collections that this version of Overblik does not know: ${titles.join(', ')}`);
    this.name = 'ForeignCollection';
  }
}

/** Raised when somebody writes to the store while it is exported: what was read first and last would not fit together. */
export class StoreChanged extends Error {
  constructor(titles: readonly string[]) {
    super(`changed while the store was exported: ${titles.join(', ')}; stop Overblik, and export again`);
    this.name = 'StoreChanged';
  }
}

export interface ExportOptions {
  readonly store: StoreConnection;
  /** A directory that is empty or missing. */
  readonly to: string;
  /** The log's public keys, which go with the export. */
  readonly logKeys: readonly PublicLogKey[];
  readonly onProgress: OnProgress;
  /** Proves the look-up log of the store; throws when it is not whole. */
  readonly proveLog: Proof;
}

/**
 * Writes all that a store holds to files that mongorestore reads, and reads the store a second time to see that nobody has changed it
 * meanwhile. A directory without the manifest is no export: it is written last.
 * @throws DirectoryNotEmpty, ForeignCollection, StoreChanged
 */
export async function exportStore(options: ExportOptions): Promise<ExportManifest> {
  const { store, to, logKeys, onProgress, proveLog } = options;
  const exportedAt = new Date();
  const found = await collectionsIn(store);
  const unknown = found.filter((collection) => !isKnown(collection));
  if (unknown.length > 0) throw new ForeignCollection('the store', unknown.map(titleOf));
  makeEmpty('the directory of the export', to);
  const folders = [...new Set(found.map(({ part }) => join(to, `${store.databasePrefix}${part}`)))];
  try {
    for (const folder of folders) mkdirSync(folder, { mode: 0o700 });
    const total = await countAll(store, found);
    const collections = await writeAll(options, found, total);
    await requireUnchanged(store, collections, new Steps(onProgress, 'check', total));
    await proveLog(store);
    for (const folder of folders) sync(folder);
    const manifest = { exportedAt, databasePrefix: store.databasePrefix, collections, logKeys };
    writeExportManifest(to, manifest);
    sync(to);
    return manifest;
  } catch (error) {
    for (const left of [...folders, join(to, EXPORT_FILE)]) rmSync(left, { recursive: true, force: true });
    throw error;
  }
}

async function countAll(store: StoreConnection, found: readonly NamedCollection[]): Promise<number> {
  let total = 0;
  for (const { part, name } of found) total += await store.database(part).collection(name).countDocuments({});
  return total;
}

async function writeAll(
  { store, to, onProgress }: ExportOptions,
  found: readonly NamedCollection[],
  total: number,
): Promise<ExportedCollection[]> {
  const steps = new Steps(onProgress, 'copy', total);
  const written: ExportedCollection[] = [];
  for (const collection of found)
    written.push(
      await writeOne(store, join(to, `${store.databasePrefix}${collection.part}`), collection, steps),
    );
  return written;
}

async function writeOne(
  store: StoreConnection,
  folder: string,
  { part, name }: NamedCollection,
  steps: Steps,
): Promise<ExportedCollection> {
  const collection = store.database(part).collection(name);
  const text = indexFile(name, await collection.listIndexes().toArray());
  writeFileSync(join(folder, `${name}.metadata.json`), text, { flag: 'wx', mode: 0o600, flush: true });
  const sum = new RecordSum();
  const counted = steps.through(storedRecords(collection, sum));
  const { sha256, bytes } = await writeRecords(join(folder, `${name}.bson`), counted);
  const indexesSha256 = createHash('sha256').update(text).digest('hex');
  return { part, name, records: sum.records, checksum: sum.checksum, sha256, indexesSha256, bytes };
}

async function requireUnchanged(
  store: StoreConnection,
  written: readonly ExportedCollection[],
  steps: Steps,
): Promise<void> {
  const now = new Set((await collectionsIn(store)).map(titleOf));
  const changed: string[] = [...now].filter((title) => !written.some((known) => titleOf(known) === title));
  for (const known of written) {
    const collection = store.database(known.part).collection(known.name);
    const sum = await sumOfStored(collection, () => steps.one());
    if (sum.checksum !== known.checksum || sum.records !== known.records) changed.push(titleOf(known));
  }
  if (changed.length > 0) throw new StoreChanged(changed);
}
