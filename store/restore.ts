import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryNotEmpty, type OnProgress, sync } from './backup.js';
import { type BackupManifest, NoBackup, readManifest, RECORDS_FILE } from './backup-manifest.js';
import { STORE_FILE } from './embedded/data-directory.js';
import { DataDirectoryInUse, LOCK_FILE, lockDirectory } from './embedded/directory-lock.js';
import { DATA_VERSION } from './embedded/record-file.js';
import { hashFile } from './hash-file.js';
import { DamagedCopy, type Proof, proveCopy } from './prove-copy.js';

const RESTORING = `${STORE_FILE}.restoring`;
/** What a restore that was killed has left, and nobody takes for a store. */
const LEFTOVERS = [LOCK_FILE, RESTORING, `${RESTORING}-lock`];

export interface RestoreOptions {
  readonly from: string;
  /** A directory that is empty or missing. */
  readonly dataDir: string;
  readonly onProgress: OnProgress;
  /** Proves the look-up log of the copy; throws when it is not whole. */
  readonly proveLog: (manifest: BackupManifest) => Proof;
}

/**
 * Restores a backup into an empty data directory. The data file gets its name last, when it is proven: a restore that was broken off leaves
 * no store.
 * @returns what was restored
 * @throws NoBackup, DirectoryNotEmpty, DataDirectoryInUse, DamagedCopy
 */
export async function restore({
  from,
  dataDir,
  onProgress,
  proveLog,
}: RestoreOptions): Promise<BackupManifest> {
  const manifest = readManifest(from);
  if (manifest.dataVersion > DATA_VERSION)
    throw new NoBackup(
      from,
      `holds data of version ${manifest.dataVersion}; this version of Overblik reads up to ${DATA_VERSION}: restore it with the newer one`,
    );
  assertEmpty(dataDir);
  const lock = lockDirectory(dataDir);
  if (!lock) throw new DataDirectoryInUse(dataDir);
  const copy = join(dataDir, RESTORING);
  const clear = () => [copy, `${copy}-lock`].forEach((path) => rmSync(path, { force: true }));
  try {
    assertEmpty(dataDir);
    clear();
    const { sha256 } = await hashFile(join(from, RECORDS_FILE), copy, (bytes) =>
      onProgress('copy', bytes, manifest.bytes),
    );
    if (sha256 !== manifest.sha256) throw new DamagedCopy([`${RECORDS_FILE} is not what was backed up`]);
    const { collections } = await proveCopy(copy, onProgress, proveLog(manifest));
    assertSame(manifest, collections);
    sync(copy);
    renameSync(copy, join(dataDir, STORE_FILE));
    sync(dataDir);
    return manifest;
  } finally {
    clear();
    lock.release();
  }
}

function assertEmpty(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  const found = readdirSync(dataDir).find((name) => !LEFTOVERS.includes(name));
  if (found !== undefined) throw new DirectoryNotEmpty('DATA_DIR', dataDir, found);
}

function assertSame({ collections }: BackupManifest, restored: BackupManifest['collections']): void {
  const names = new Set([...collections, ...restored].map(({ namespace }) => namespace));
  const find = (sums: BackupManifest['collections'], name: string) =>
    sums.find(({ namespace }) => namespace === name);
  const faults = [...names].flatMap((name) => {
    const [was, is] = [find(collections, name), find(restored, name)];
    if (was?.records !== is?.records)
      return [`${name}: ${was?.records ?? 0} records were backed up, ${is?.records ?? 0} are there`];
    return was?.sha256 === is?.sha256 ? [] : [`${name}: its checksum differs`];
  });
  if (faults.length > 0) throw new DamagedCopy(faults);
}
