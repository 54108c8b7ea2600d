import { createHash } from 'node:crypto';
import { BSON, type Document } from 'mongodb';

/** Numbers, dates and texts keep the very type they are stored with. */
const AS_STORED = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/** @returns a record whose values are written back as the types they were read as; throws when the bytes are no BSON */
export function asStored(bytes: Uint8Array): Document {
  return BSON.deserialize(bytes, AS_STORED);
}

/**
 * One form for a record wherever it is kept: `_id` first, as MongoDB keeps it, and names that are whole numbers in their order, as the
 * driver sends them.
 */
export function exportedForm(record: Document): Uint8Array {
  const id: unknown = record['_id'];
  return BSON.serialize({ _id: id, ...record });
}

const BYTES = 32;
const MODULUS = 1n << BigInt(8 * BYTES);

/** Count and checksum of records in whatever order they come: the sum of their SHA-256 checksums, modulo 2^256. */
export class RecordSum {
  #records = 0;
  #sum = 0n;

  /** Takes a record in its exported form. */
  add(bytes: Uint8Array): void {
    this.#records++;
    this.#sum += BigInt(`0x${createHash('sha256').update(bytes).digest('hex')}`);
    if (this.#sum >= MODULUS) this.#sum -= MODULUS;
  }

  get records(): number {
    return this.#records;
  }

  /** In hexadecimal. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(2 * BYTES, '0');
  }
}
