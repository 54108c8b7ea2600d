import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { open } from 'lmdb';
import { type BackupManifest, MANIFEST_FILE, RECORDS_FILE, writeManifest } from './backup-manifest.js';
import { STORE_FILE } from './embedded/data-directory.js';
import { hashFile } from './hash-file.js';
import type { PublicLogKey } from './manifest-file.js';
import { type Proof, proveCopy } from './prove-copy.js';

const LOOK_MS = 100;

/** What is done, and how far: `done` of `total` in the unit of the step. */
export type OnProgress = (step: 'copy' | 'check', done: number, total: number) => void;

/** Raised for a directory that already holds something; names it. */
export class DirectoryNotEmpty extends Error {
  constructor(what: string, directory: string, found: string) {
    super(`${what} ${directory} is not empty: it holds ${found}; name an empty directory`);
    this.name = 'DirectoryNotEmpty';
  }
}

export interface BackupOptions {
  readonly dataDir: string;
  /** A directory that is empty or missing. */
  readonly to: string;
  /** The log's public keys, which go with the backup. */
  readonly logKeys: readonly PublicLogKey[];
  readonly onProgress: OnProgress;
  /** Proves the look-up log of the copy; throws when it is not whole. */
  readonly proveLog: Proof;
}

/**
 * Backs the embedded store of a data directory up, while it runs or not. All that was answered before the point in time is in the copy,
 * and each change is in it whole or not at all. A directory without a manifest is no backup: it is written last, when the copy is proven.
 * @throws DirectoryNotEmpty; DamagedCopy when a record or an index is damaged
 */
export async function backUp({
  dataDir,
  to,
  logKeys,
  onProgress,
  proveLog,
}: BackupOptions): Promise<BackupManifest> {
  const source = join(dataDir, STORE_FILE);
  if (!existsSync(source)) throw new Error(`DATA_DIR ${dataDir} holds no ${STORE_FILE}`);
  makeEmpty('the backup directory', to);
  const records = join(to, RECORDS_FILE);
  const partial = `${records}.partial`;
  try {
    const takenAt = new Date();
    await copyRecords(source, partial, onProgress);
    const { version, collections } = await proveCopy(partial, onProgress, proveLog);
    const { sha256, bytes } = await hashFile(partial);
    sync(partial);
    renameSync(partial, records);
    const manifest = { takenAt, dataVersion: version, sha256, bytes, collections, logKeys };
    writeManifest(to, manifest);
    sync(to);
    return manifest;
  } catch (error) {
    for (const left of [partial, `${partial}-lock`, records, join(to, MANIFEST_FILE)])
      rmSync(left, { force: true });
    throw error;
  }
}

/** Makes a directory that is missing. @throws DirectoryNotEmpty */
export function makeEmpty(what: string, directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const [found] = readdirSync(directory);
  if (found !== undefined) throw new DirectoryNotEmpty(what, directory, found);
}

/** LMDB copies what is durable at one moment, and holds up no writer. */
async function copyRecords(source: string, to: string, onProgress: OnProgress): Promise<void> {
  // LMDB would make the file readable for others.
  closeSync(openSync(to, 'wx', 0o600));
  rmSync(to);
  const store = open({ path: source, noSubdir: true, readOnly: true, maxDbs: 4 });
  const total = statSync(source).size;
  const copied = new AbortController();
  const watching = watchGrowth(to, copied.signal, (bytes) => onProgress('copy', bytes, total));
  const umask = process.umask(0o077);
  try {
    await store.backup(to, true);
  } finally {
    process.umask(umask);
    copied.abort();
    await watching;
    await store.close();
  }
  onProgress('copy', total, total);
}

async function watchGrowth(path: string, end: AbortSignal, tell: (bytes: number) => void): Promise<void> {
  while (await setTimeout(LOOK_MS, true, { signal: end }).catch(() => false))
    if (existsSync(path)) tell(statSync(path).size);
}

/** Waits until a file or the names in a directory are on disk. */
export function sync(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
