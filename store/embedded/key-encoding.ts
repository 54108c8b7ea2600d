import { Binary, Double, Int32, Long, ObjectId } from 'bson';
import { StoreError } from './errors.js';
import { isPlainObject } from './query-operators.js';

/**
 * Order-preserving keys: every indexable BSON value becomes a one-byte string whose `<` order is MongoDB's
 * comparison order (type bracket first). Equal values give equal strings, no key is a prefix of another, and
 * every type byte lies between 0x05 and 0xfa so that `key + HIGH` closes an interval.
 */
export const HIGH = '\xff';

const TYPE = {
  null: '\x0a',
  number: '\x14',
  string: '\x1e',
  object: '\x28',
  array: '\x32',
  binary: '\x3c',
  objectId: '\x46',
  boolean: '\x50',
  date: '\x5a',
} as const;

const scratch = Buffer.alloc(8);

/** Inverts every byte in its place; a plain loop, which is quicker than a function for each byte. */
function invertBytes(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = 0xff - (bytes[i] ?? NaN);
}

function sortableDouble(value: number): string {
  if (Number.isNaN(value)) return '\x00'.repeat(8);
  if (value < 0) {
    scratch.writeDoubleBE(value);
    invertBytes(scratch);
    // The same bits with the sign set; there is one zero.
  } else scratch.writeDoubleBE(value === 0 ? -0 : -value);
  return scratch.toString('latin1', 0, 8);
}

/** A NUL ends a text and stands nowhere else: then the end of a shorter text comes before all that goes on, in both directions. */
function encodeText(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return (/[\x00\x01]/.test(bytes) ? escaped(bytes) : bytes) + '\x00';
}

const escaped = (bytes: string): string =>
  bytes.replaceAll('\x01', '\x01\x02').replaceAll('\x00', '\x01\x01');

function encodeObject(value: Record<string, unknown>): string {
  const parts = Object.entries(value).map(([name, member]) => {
    const encoded = encodeValue(member);
    return encoded.charAt(0) + encodeText(name) + encoded.slice(1);
  });
  return TYPE.object + parts.join('') + '\x00';
}

/** @returns the sortable key of one value; throws CannotCreateIndex for types that cannot be ordered here. */
export function encodeValue(value: unknown): string {
  if (value === null || value === undefined) return TYPE.null;
  if (typeof value === 'number') return TYPE.number + sortableDouble(value);
  if (typeof value === 'string') return TYPE.string + encodeText(value);
  if (typeof value === 'boolean') return TYPE.boolean + (value ? '\x02' : '\x01');
  if (typeof value === 'bigint') return TYPE.number + sortableDouble(Number(value));
  if (Array.isArray(value)) return TYPE.array + value.map(encodeValue).join('') + '\x00';
  return encodeInstance(value);
}

function encodeInstance(value: object): string {
  if (value instanceof Date) return TYPE.date + sortableDouble(value.getTime());
  if (value instanceof Long || value instanceof Int32 || value instanceof Double)
    return TYPE.number + sortableDouble(Number(value.toString()));
  if (value instanceof ObjectId) return TYPE.objectId + Buffer.from(value.id).toString('latin1');
  if (value instanceof Binary) return encodeBinary(value);
  if (isPlainObject(value)) return encodeObject(value);
  throw new StoreError('CannotCreateIndex', 'a value of this type cannot be indexed or sorted');
}

function encodeBinary(value: Binary): string {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.length());
  head[4] = value.sub_type;
  return TYPE.binary + head.toString('latin1') + Buffer.from(value.value()).toString('latin1');
}

/** @returns the key with every byte inverted, for a descending component of an index. */
export function invert(key: string): string {
  const bytes = Buffer.from(key, 'latin1');
  invertBytes(bytes);
  return bytes.toString('latin1');
}
