import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface FileSum {
  readonly sha256: string;
  readonly bytes: number;
}

const CHUNK_BYTES = 1 << 20;

/**
 * Reads a file once, and copies it on the way when `to` names a place.
 * @param to a file that is not there yet
 * @param onBytes called with how many bytes have been read
 */
export async function hashFile(
  path: string,
  to?: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<FileSum> {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(bytes);
      done(null, chunk);
    },
  });
  const sink =
    to === undefined
      ? new Writable({ write: (_chunk, _encoding, done) => done() })
      : createWriteStream(to, { flags: 'wx', mode: 0o600 });
  await pipeline(createReadStream(path, { highWaterMark: CHUNK_BYTES }), through, sink);
  return { sha256: hash.digest('hex'), bytes };
}
