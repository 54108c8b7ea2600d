import { join } from 'node:path';
import { z } from 'zod';
import {
  countShape,
  formOf,
  logKeyShape,
  readManifestFile,
  sha256Shape,
  writeManifestFile,
} from './manifest-file.js';

/** The records of a backup: an LMDB file. */
export const RECORDS_FILE = 'records.lmdb';
/** What a backup holds, written last: without it nothing is a backup. */
export const MANIFEST_FILE = 'backup.json';

/** Form of the manifest and of what lies beside it; a newer one is refused by name. */
const BACKUP_VERSION = 1;

const collection = z.strictObject({ namespace: z.string(), records: countShape, sha256: sha256Shape });
const manifest = z.strictObject({
  kind: z.literal('overblik store backup'),
  version: z.literal(BACKUP_VERSION),
  takenAt: z.iso.datetime().transform((at) => new Date(at)),
  /** Version mark of the data. */
  dataVersion: countShape,
  sha256: sha256Shape,
  bytes: countShape,
  collections: z.array(collection).readonly(),
  logKeys: z.array(logKeyShape).readonly(),
});

/** How many records a collection holds, and the checksum of all of them in the order of insertion. */
export type CollectionSum = z.infer<typeof collection>;
export type BackupManifest = Omit<z.infer<typeof manifest>, 'kind' | 'version'>;

/** Raised for a directory that holds no finished backup this version can read. */
export class NoBackup extends Error {
  constructor(directory: string, why: string) {
    super(`${directory} ${why}`);
    this.name = 'NoBackup';
  }
}

export function writeManifest(directory: string, content: BackupManifest): void {
  const head = { kind: 'overblik store backup', version: BACKUP_VERSION };
  writeManifestFile(join(directory, MANIFEST_FILE), { ...head, ...content });
}

/**
 * @returns what a backup holds
 * @throws NoBackup when it was broken off, or a later version has made it
 */
export function readManifest(directory: string): BackupManifest {
  const content = readManifestFile(join(directory, MANIFEST_FILE));
  if (content === null)
    throw new NoBackup(directory, `holds no ${MANIFEST_FILE}: it is no backup, or one that was broken off`);
  const form = formOf(content) ?? BACKUP_VERSION;
  if (form > BACKUP_VERSION)
    throw new NoBackup(
      directory,
      `is a backup of form ${form}; this version of Overblik reads up to ${BACKUP_VERSION}: restore it with the newer one`,
    );
  const { data } = manifest.safeParse(content);
  if (!data) throw new NoBackup(directory, `has a damaged ${MANIFEST_FILE}`);
  const { kind: _kind, version: _version, ...rest } = data;
  return rest;
}
