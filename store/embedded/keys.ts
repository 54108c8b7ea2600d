import { StoreError } from './errors.js';

/** Handles and numbers of collections and indexes, as they stand in keys of the data file. */
export const NUMBER_BYTES = 4;
export const HANDLE_BYTES = 6;
/** LMDB's own bound for a key of a file with pages of 4 kB. */
const MOST_KEY_BYTES = 1978;

/** @returns the key of a record. */
export function recordKey(collection: number, handle: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + HANDLE_BYTES);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(handle, NUMBER_BYTES, HANDLE_BYTES);
  return key;
}

/** @returns the handle at the end of a key. */
export function handleIn(key: Uint8Array): number {
  let handle = 0;
  for (let i = key.length - HANDLE_BYTES; i < key.length; i++) handle = handle * 256 + (key[i] ?? NaN);
  return handle;
}

/** @returns the six bytes of a handle. */
export function handleBytes(handle: number): Buffer {
  const bytes = Buffer.allocUnsafe(HANDLE_BYTES);
  bytes.writeUIntBE(handle, 0, HANDLE_BYTES);
  return bytes;
}

/** @returns the key of an encoded value under a number: of an `_id`, or where an index is entered. */
export function valueKey(number: number, encoded: string): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + encoded.length);
  key.writeUInt32BE(number, 0);
  key.write(encoded, NUMBER_BYTES, 'latin1');
  return key;
}

/** @returns the key under which an index files a record. */
export function entryKey(index: number, encoded: string, handle: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + encoded.length + HANDLE_BYTES);
  key.writeUInt32BE(index, 0);
  key.write(encoded, NUMBER_BYTES, 'latin1');
  key.writeUIntBE(handle, NUMBER_BYTES + encoded.length, HANDLE_BYTES);
  return key;
}

/** Throws KeyTooLong for a value that cannot be filed: the data file's keys have a bound. */
export function assertKeyFits(encoded: string): void {
  if (NUMBER_BYTES + encoded.length + HANDLE_BYTES > MOST_KEY_BYTES)
    throw new StoreError('KeyTooLong', `an indexed value takes at most ${MOST_KEY_BYTES} bytes in all`);
}

/** @returns what begins all keys of a collection or index, and what comes after the last of them. */
export function rangeOf(number: number): { readonly start: Buffer; readonly end: Buffer } {
  const [start, end] = [Buffer.alloc(NUMBER_BYTES), Buffer.alloc(NUMBER_BYTES)];
  start.writeUInt32BE(number);
  end.writeUInt32BE(number + 1);
  return { start, end };
}
