import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';

/** A manifest names collections and keys: a larger file is none. */
const MOST_BYTES = 4 << 20;

const text = z.string().max(200);

/** SHA-256 in hexadecimal. */
export const sha256Shape = z.string().regex(/^[0-9a-f]{64}$/);
export const countShape = z.number().int().nonnegative();
/** A public key the look-up log was proven with. */
export const logKeyShape = z.strictObject({
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

/** A public key the look-up log was proven with. */
export type PublicLogKey = z.infer<typeof logKeyShape>;

/** Writes a manifest so that it is there whole and on disk, or not at all. @throws when it is there already */
export function writeManifestFile(path: string, content: object): void {
  const partial = `${path}.partial`;
  const fd = openSync(partial, 'wx', 0o600);
  writeSync(fd, JSON.stringify(content, null, 2));
  fsyncSync(fd);
  closeSync(fd);
  renameSync(partial, path);
}

/** @returns what a manifest says, unchecked; null when there is none, undefined when it is no JSON or too long */
export function readManifestFile(path: string): unknown {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  if (size > MOST_BYTES) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns the form of a manifest, when it says one */
export function formOf(content: unknown): number | undefined {
  return z.looseObject({ version: countShape }).safeParse(content).data?.version;
}
