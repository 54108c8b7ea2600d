import { join } from 'node:path';
import { z } from 'zod';
import {
  countShape,
  formOf,
  logKeyShape,
  readManifestFile,
  sha256Shape,
  writeManifestFile,
} from '../manifest-file.js';

/** What an export holds, written last: without it nothing is an export. */
export const EXPORT_FILE = 'overblik-export.json';

/** Form of the manifest and of what lies beside it; a newer one is refused by name. */
const EXPORT_VERSION = 1;

const name = z.string().regex(/^[A-Za-z-]{1,60}$/);
const collection = z.strictObject({
  part: name,
  name,
  records: countShape,
  /** Sum over the records, whatever their order. */
  checksum: sha256Shape,
  /** Of the file of records, and of that of indexes. */
  sha256: sha256Shape,
  indexesSha256: sha256Shape,
  bytes: countShape,
});
const manifest = z.strictObject({
  kind: z.literal('overblik store export'),
  version: z.literal(EXPORT_VERSION),
  exportedAt: z.iso.datetime().transform((at) => new Date(at)),
  /** What the names of the databases begin with. */
  databasePrefix: z.string().regex(/^[\w-]{1,40}$/),
  collections: z.array(collection).readonly(),
  logKeys: z.array(logKeyShape).readonly(),
});

/** One collection of an export. */
export type ExportedCollection = z.infer<typeof collection>;
export type ExportManifest = Omit<z.infer<typeof manifest>, 'kind' | 'version'>;

/** Raised for a directory that holds no finished export this version can read. */
export class NoExport extends Error {
  constructor(directory: string, why: string) {
    super(`${directory} ${why}`);
    this.name = 'NoExport';
  }
}

export function writeExportManifest(directory: string, content: ExportManifest): void {
  const head = { kind: 'overblik store export', version: EXPORT_VERSION };
  writeManifestFile(join(directory, EXPORT_FILE), { ...head, ...content });
}

/**
 * @returns what an export holds
 * @throws NoExport when it was broken off, or a later version has made it
 */
export function readExportManifest(directory: string): ExportManifest {
  const content = readManifestFile(join(directory, EXPORT_FILE));
  if (content === null)
    throw new NoExport(directory, `holds no ${EXPORT_FILE}: it is no export, or one that was broken off`);
  const form = formOf(content) ?? EXPORT_VERSION;
  if (form > EXPORT_VERSION)
    throw new NoExport(
      directory,
      `is an export of form ${form}; this version of Overblik reads up to ${EXPORT_VERSION}: import it with the newer one`,
    );
  const { data } = manifest.safeParse(content);
  if (!data) throw new NoExport(directory, `has a damaged ${EXPORT_FILE}`);
  const { kind: _kind, version: _version, ...rest } = data;
  return rest;
}
