import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection, Document } from 'mongodb';
import type { OnProgress } from '../backup.js';
import type { StoreConnection } from '../connection.js';
import { hashFile } from '../hash-file.js';
import { ensureIndexes } from '../indexes.js';
import { DamagedCopy, type Proof } from '../prove-copy.js';
import {
  EXPORT_FILE,
  type ExportedCollection,
  type ExportManifest,
  readExportManifest,
} from './export-manifest.js';
import { ForeignCollection } from './export-store.js';
import { asStored, exportedForm, RecordSum } from './exported-form.js';
import { indexesOf } from './index-file.js';
import { collectionsIn, isKnown, type NamedCollection, titleOf } from './product-collections.js';
import { readRecords } from './record-files.js';
import { Steps } from './steps.js';
import { sumOfStored } from './stored-records.js';

const BATCH_RECORDS = 1000;
const BATCH_BYTES = 4 << 20;
/** Descriptions of indexes are short. */
const MOST_INDEX_BYTES = 1 << 20;

/** Raised for a store that holds records; names the collections. */
export class StoreNotEmpty extends Error {
  constructor(titles: readonly string[]) {
    super(
      `the store is not empty: ${titles.join(', ')}; name an empty DATA_DIR, or a MONGODB_URI without these databases`,
    );
    this.name = 'StoreNotEmpty';
  }
}

export interface ImportOptions {
  readonly store: StoreConnection;
  readonly from: string;
  readonly onProgress: OnProgress;
  /** Proves the look-up log of the store; throws when it is not whole. */
  readonly proveLog: (manifest: ExportManifest) => Proof;
}

/**
 * Reads an export into an empty store, once every file of it has been found whole, and reads all of it back. The databases may be called
 * otherwise than those of the export. What lets anybody sign in or see anything comes last: a store of a broken import serves nobody.
 * @returns what was imported
 * @throws NoExport, ForeignCollection, StoreNotEmpty, DamagedCopy
 */
export async function importStore({
  store,
  from,
  onProgress,
  proveLog,
}: ImportOptions): Promise<ExportManifest> {
  const manifest = readExportManifest(from);
  const total = manifest.collections.reduce((sum, { records }) => sum + records, 0);
  requireKnown(from, manifest);
  await requireEmpty(store);
  const faults: string[] = [];
  for (const collection of manifest.collections) faults.push(...(await faultsOf(from, manifest, collection)));
  if (faults.length > 0) throw new DamagedCopy(faults);
  const copied = new Steps(onProgress, 'copy', total);
  for (const known of [...manifest.collections].sort((a, b) => lateness(a) - lateness(b)))
    await importOne(store, filesOf(from, manifest, known), known, copied);
  await requireSame(store, manifest, new Steps(onProgress, 'check', total));
  await proveLog(manifest)(store);
  return manifest;
}

interface Files {
  readonly records: string;
  readonly indexes: string;
}

function filesOf(from: string, { databasePrefix }: ExportManifest, { part, name }: NamedCollection): Files {
  const path = join(from, `${databasePrefix}${part}`, name);
  return { records: `${path}.bson`, indexes: `${path}.metadata.json` };
}

/** Where nobody has rights, nobody sees anything. */
function lateness({ part, name }: NamedCollection): number {
  if (part !== 'access') return 0;
  return name === 'governed' || name === 'providers' ? 2 : 1;
}

function requireKnown(from: string, manifest: ExportManifest): void {
  const named = manifest.collections.filter((collection) => !isKnown(collection)).map(titleOf);
  const files = manifest.collections.map((known) => filesOf(from, manifest, known));
  const listed = new Set(files.flatMap(({ records, indexes }) => [records, indexes]));
  const others = readdirSync(from, { recursive: true, encoding: 'utf8' })
    .map((path) => join(from, path))
    .filter((path) => path !== join(from, EXPORT_FILE) && !listed.has(path) && statSync(path).isFile())
    .map((path) => path.slice(from.length + 1));
  const unknown = [...named, ...others];
  if (unknown.length > 0) throw new ForeignCollection(`the export ${from}`, unknown);
}

async function requireEmpty(store: StoreConnection): Promise<void> {
  const filled: string[] = [];
  for (const collection of await collectionsIn(store)) {
    const { part, name } = collection;
    if (
      await store
        .database(part)
        .collection(name)
        .findOne({}, { projection: { _id: 1 } })
    )
      filled.push(titleOf(collection));
  }
  if (filled.length > 0) throw new StoreNotEmpty(filled);
}

/** @returns what is wrong with the files of a collection */
async function faultsOf(
  from: string,
  manifest: ExportManifest,
  known: ExportedCollection,
): Promise<string[]> {
  const { records, indexes } = filesOf(from, manifest, known);
  const missing = [records, indexes].filter((path) => !existsSync(path));
  if (missing.length > 0) return missing.map((path) => `${path} is missing`);
  const fault = (await faultOfRecords(records, known)) ?? faultOfIndexes(indexes, known);
  return fault === undefined ? [] : [fault];
}

async function faultOfRecords(path: string, known: ExportedCollection): Promise<string | undefined> {
  const { sha256, bytes } = await hashFile(path);
  if (bytes !== known.bytes) return `${path} has ${bytes} bytes, and ${known.bytes} were exported`;
  if (sha256 !== known.sha256) return `${path} is not what was exported`;
  const sum = new RecordSum();
  try {
    for await (const record of readRecords(path)) sum.add(exportedForm(asStored(record)));
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : 'cannot be read'}`;
  }
  if (sum.records === known.records && sum.checksum === known.checksum) return undefined;
  return `${path} holds ${sum.records} records that are not the ${known.records} of ${EXPORT_FILE}`;
}

function faultOfIndexes(path: string, known: ExportedCollection): string | undefined {
  if (statSync(path).size > MOST_INDEX_BYTES) return `${path} is too long`;
  const text = readFileSync(path, 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== known.indexesSha256)
    return `${path} is not what was exported`;
  try {
    indexesOf(text);
    return undefined;
  } catch (error) {
    return `${path} ${error instanceof Error ? error.message : ''}`;
  }
}

/** Indexes first: what is not unique is refused where it is met, and no index is made of millions of records at once. */
async function importOne(
  store: StoreConnection,
  files: Files,
  { part, name }: NamedCollection,
  steps: Steps,
): Promise<void> {
  const database = store.database(part);
  const there = await database.listCollections({ name }, { nameOnly: true }).toArray();
  if (there.length === 0) await database.createCollection(name);
  const collection = database.collection(name);
  await ensureIndexes(collection, indexesOf(readFileSync(files.indexes, 'utf8')));
  let batch: Document[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    await insert(collection, batch);
    steps.many(batch.length);
    [batch, bytes] = [[], 0];
  };
  for await (const record of readRecords(files.records)) {
    batch.push(asStored(record));
    bytes += record.length;
    if (batch.length === BATCH_RECORDS || bytes > BATCH_BYTES) await flush();
  }
  await flush();
}

async function insert(collection: Collection, batch: Document[]): Promise<void> {
  if (batch.length > 0) await collection.insertMany(batch, { ordered: false });
}

async function requireSame(
  store: StoreConnection,
  { collections }: ExportManifest,
  steps: Steps,
): Promise<void> {
  const faults: string[] = [];
  for (const known of collections) {
    const sum = await sumOfStored(store.database(known.part).collection(known.name), () => steps.one());
    if (sum.records !== known.records)
      faults.push(`${titleOf(known)}: ${known.records} records were exported, ${sum.records} are there`);
    else if (sum.checksum !== known.checksum) faults.push(`${titleOf(known)}: its checksum differs`);
  }
  if (faults.length > 0) throw new DamagedCopy(faults);
}
