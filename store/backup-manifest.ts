import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The records of a backup: an LMDB file. */
export const RECORDS_FILE = 'records.lmdb';
/** What a backup holds, written last: without it nothing is a backup. */
export const MANIFEST_FILE = 'backup.json';

/** Form of the manifest and of what lies beside it; a newer one is refused by name. */
const BACKUP_VERSION = 1;
const MOST_BYTES = 4 << 20;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const collection = z.strictObject({ namespace: z.string(), records: count, sha256 });
const text = z.string().max(200);
const logKey = z.strictObject({
  jwk: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: text,
    y: text,
    kid: text,
    alg: text.optional(),
  }),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});
const manifest = z.strictObject({
  kind: z.literal('overblik store backup'),
  version: z.literal(BACKUP_VERSION),
  takenAt: z.iso.datetime().transform((at) => new Date(at)),
  /** Version mark of the data. */
  dataVersion: count,
  sha256,
  bytes: count,
  collections: z.array(collection).readonly(),
  logKeys: z.array(logKey).readonly(),
});

/** How many records a collection holds, and the checksum of all of them in the order of insertion. */
export type CollectionSum = z.infer<typeof collection>;
/** A public key the look-up log was proven with. */
export type PublicLogKey = z.infer<typeof logKey>;
export type BackupManifest = Omit<z.infer<typeof manifest>, 'kind' | 'version'>;

/** Raised for a directory that holds no finished backup this version can read. */
export class NoBackup extends Error {
  constructor(directory: string, why: string) {
    super(`${directory} ${why}`);
    this.name = 'NoBackup';
  }
}

export function writeManifest(directory: string, content: BackupManifest): void {
  const path = join(directory, MANIFEST_FILE);
  const fd = openSync(`${path}.partial`, 'wx', 0o600);
  writeSync(
    fd,
    JSON.stringify({ kind: 'overblik store backup', version: BACKUP_VERSION, ...content }, null, 2),
  );
  fsyncSync(fd);
  closeSync(fd);
  renameSync(`${path}.partial`, path);
}

/**
 * @returns what a backup holds
 * @throws NoBackup when it was broken off, or a later version has made it
 */
export function readManifest(directory: string): BackupManifest {
  const path = join(directory, MANIFEST_FILE);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw new NoBackup(directory, `holds no ${MANIFEST_FILE}: it is no backup, or one that was broken off`);
  const content = size > MOST_BYTES ? undefined : parseJson(readFileSync(path, 'utf8'));
  const { data: head } = z.looseObject({ version: count }).safeParse(content);
  if (head && head.version > BACKUP_VERSION)
    throw new NoBackup(
      directory,
      `is a backup of form ${head.version}; this version of Overblik reads up to ${BACKUP_VERSION}: restore it with the newer one`,
    );
  const { data } = manifest.safeParse(content);
  if (!data) throw new NoBackup(directory, `has a damaged ${MANIFEST_FILE}`);
  const { kind: _kind, version: _version, ...rest } = data;
  return rest;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
