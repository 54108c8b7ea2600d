import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { FileSum } from '../hash-file.js';

/** A record of MongoDB is at most 16 MB; the rest is for what a server may add. */
const MOST_BYTES = (16 << 20) + (16 << 10);
/** Length and end of an empty record. */
const FEWEST_BYTES = 5;
const LENGTH_BYTES = 4;
const CHUNK_BYTES = 1 << 20;

/** Raised for a file that is not rows of whole records; says where, in bytes, and nothing of what stands there. */
class BrokenFile extends Error {
  constructor(why: string, at: number) {
    super(`${why} at byte ${at}`);
    this.name = 'BrokenFile';
  }
}

/** Writes records one after the other, as mongodump does. @param path a file that is not there yet @returns what was written */
export async function writeRecords(path: string, records: AsyncIterable<Uint8Array>): Promise<FileSum> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true, highWaterMark: CHUNK_BYTES });
  const done = finished(file);
  // A failure to open or write is met where the end is awaited.
  done.catch(() => undefined);
  try {
    for await (const record of records) {
      hash.update(record);
      bytes += record.length;
      if (!file.write(record)) await Promise.race([once(file, 'drain'), done]);
    }
  } finally {
    file.end();
  }
  await done;
  return { sha256: hash.digest('hex'), bytes };
}

/** @returns the records of a file, in their order @throws BrokenFile where one is cut off or says an impossible length */
export async function* readRecords(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    // cast: a stream without an encoding gives buffers
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let begin = 0;
    for (let end = endOf(rest, begin, at); end !== undefined; end = endOf(rest, begin, at)) {
      yield rest.subarray(begin, end);
      at += end - begin;
      begin = end;
    }
    rest = rest.subarray(begin);
  }
  if (rest.length > 0) throw new BrokenFile('the file ends within a record that begins', at);
}

/** @returns where a record that begins somewhere ends; undefined when it is not whole */
function endOf(bytes: Buffer, begin: number, at: number): number | undefined {
  if (bytes.length < begin + LENGTH_BYTES) return undefined;
  const length = bytes.readInt32LE(begin);
  if (length < FEWEST_BYTES || length > MOST_BYTES)
    throw new BrokenFile('a record has an impossible length', at);
  return bytes.length < begin + length ? undefined : begin + length;
}
