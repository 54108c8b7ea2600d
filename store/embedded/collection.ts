import { crc32 } from 'node:zlib';
import { deserialize, serialize } from 'bson';
import { StoreError } from './errors.js';
import { ID_INDEX, IdIndex } from './id-index.js';
import { encodeValue } from './key-encoding.js';
import { assertKeyFits, handleBytes, handleIn, rangeOf, recordKey, valueKey } from './keys.js';
import type { OrderedIndex } from './ordered-index.js';
import { duplicateKey } from './ordered-index.js';
import { isPlainObject } from './query-operators.js';
import type { RecordFile } from './record-file.js';

export type Doc = Record<string, unknown>;

/** What an update changes in one index. */
interface KeyChange {
  readonly index: OrderedIndex;
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

const CHECKSUM_BYTES = 4;

/** @returns the decoded document; integers of 64 bits come back as numbers when they fit (the driver's default). */
export function decode(body: Uint8Array): Doc {
  return deserialize(body, { promoteBuffers: false });
}

/**
 * One collection of the data file: records by handle, in the order of insertion, handles by `_id`, and ordered indexes. Changes are
 * made within `RecordFile.write` alone.
 */
export class Collection {
  readonly indexes = new Map<string, OrderedIndex>();
  readonly #idIndex: IdIndex;
  readonly #sizeKey: Buffer;
  /** Records that the running change has added, less those it has taken away. */
  #added = 0;
  #nextHandle: number | undefined;
  /** The document decoded last: what tests whether it matches and what projects it read the same one. */
  #decoded: { readonly handle: number; readonly doc: Doc } | undefined;
  /** Records read to see whether they match, since the start; what an index saves shows here. */
  examined = 0;

  /**
   * @param number by which the data file knows the collection
   */
  constructor(
    readonly namespace: string,
    readonly number: number,
    readonly file: RecordFile,
  ) {
    this.#idIndex = new IdIndex(number, file.ids);
    this.#sizeKey = Buffer.from(`size:${number}`);
  }

  /** What a search may be answered by: the ids, and every index. */
  get searchable(): OrderedIndex[] {
    return [this.#idIndex, ...this.indexes.values()];
  }

  /** How many records there are. */
  get size(): number {
    return this.#savedSize() + this.#added;
  }

  /** Writes down how many records there are; at the end of each change. */
  saveSize(): void {
    if (this.#added === 0) return;
    this.file.catalogue.putSync(this.#sizeKey, Buffer.from(String(this.size)));
    this.#added = 0;
  }

  #savedSize(): number {
    const saved = this.file.catalogue.getBinary(this.#sizeKey);
    return saved ? Number(Buffer.from(saved).toString()) : 0;
  }

  handleOf(id: unknown): number | undefined {
    const found = this.file.ids.getBinary(valueKey(this.number, encodeValue(id)));
    return found && handleIn(found);
  }

  /** Handles of live records in insertion order. */
  *handles(): Generator<number> {
    for (const key of this.file.records.getKeys(rangeOf(this.number))) yield handleIn(key);
  }

  isLive(handle: number): boolean {
    return this.file.records.doesExist(recordKey(this.number, handle));
  }

  /** @returns a record as BSON. Throws when what is on disk is not what was written. */
  body(handle: number): Buffer {
    const stored = this.file.records.getBinary(recordKey(this.number, handle));
    if (!stored) throw new Error(`no record ${handle} in ${this.namespace}`);
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.length);
    const body = bytes.subarray(CHECKSUM_BYTES);
    if (bytes.readUInt32LE(0) !== crc32(body)) throw damaged(this.namespace, handle);
    return body;
  }

  /** @returns the decoded document; whoever gets it leaves it as it is. */
  doc(handle: number): Doc {
    if (this.#decoded?.handle === handle) return this.#decoded.doc;
    this.#decoded = { handle, doc: decode(this.body(handle)) };
    return this.#decoded.doc;
  }

  /** Forgets what was read: between two commands somebody else may have changed it. */
  forgetRead(): void {
    this.#decoded = undefined;
  }

  insert(doc: Doc): void {
    if (Array.isArray(doc['_id']) || doc['_id'] instanceof RegExp || doc['_id'] === undefined)
      throw new StoreError('BadValue', "the '_id' value cannot be of this type");
    assertNoDollar(doc['_id']);
    const encoded = encodeValue(doc['_id']);
    assertKeyFits(encoded);
    const idKey = valueKey(this.number, encoded);
    if (this.file.ids.doesExist(idKey)) throw duplicateKey(this.namespace, { ...ID_INDEX });
    const keys = this.#checkedKeys(doc);
    const body = serialize(doc);
    this.file.takeRoom({
      bytes: body.length,
      puts: { records: 1, ids: 1, entries: countOf([...keys.values()]) },
    });
    const handle = this.#allocate();
    this.#put(handle, body);
    this.file.ids.putSync(idKey, handleBytes(handle));
    for (const [index, own] of keys) index.add(own, handle);
    this.#added++;
  }

  /** @param body the document after, as it is stored */
  replace(handle: number, before: Doc, after: Doc, body: Uint8Array): void {
    const changes = this.#changedKeys(handle, before, after);
    this.file.takeRoom({
      bytes: body.length,
      gone: this.#bytesOf(handle),
      puts: { records: 1, entries: countOf(changes.map(({ come }) => come)) },
      removes: { entries: countOf(changes.map(({ gone }) => gone)) },
    });
    this.#put(handle, body);
    for (const { index, gone, come } of changes) {
      index.remove(gone, handle);
      index.add(come, handle);
    }
  }

  remove(handle: number, doc: Doc): void {
    const keys = [...this.indexes.values()].map((index) => ({ index, own: index.keysOf(doc) }));
    this.file.takeRoom({
      gone: this.#bytesOf(handle),
      removes: { records: 1, ids: 1, entries: countOf(keys.map(({ own }) => own)) },
      takesAway: true,
    });
    for (const { index, own } of keys) index.remove(own, handle);
    this.file.ids.removeSync(valueKey(this.number, encodeValue(doc['_id'])));
    this.file.records.removeSync(recordKey(this.number, handle));
    this.forgetRead();
    this.#added--;
  }

  /** Builds an index over what is stored; nothing changes when a unique index would clash. */
  createIndex(index: OrderedIndex): void {
    try {
      for (const handle of [...this.handles()]) {
        const keys = index.keysOf(this.doc(handle));
        keys.forEach(assertKeyFits);
        index.assertFree(keys, handle, this.namespace);
        this.file.takeRoom({ puts: { entries: keys.length } });
        index.add(keys, handle);
      }
    } catch (error) {
      index.clear();
      throw error;
    }
    this.indexes.set(index.spec.name, index);
  }

  /** Files every record anew, under its `_id` and in each index: for a version that writes keys otherwise. */
  refile(): void {
    const { ids } = this.file;
    this.#takeRoomToClear();
    for (const key of [...ids.getKeys(rangeOf(this.number))]) ids.removeSync(key);
    for (const index of this.indexes.values()) index.clear();
    for (const handle of [...this.handles()]) {
      const doc = this.doc(handle);
      const keys = [...this.indexes.values()].map((index) => ({ index, own: index.keysOf(doc) }));
      this.file.takeRoom({ puts: { ids: 1, entries: countOf(keys.map(({ own }) => own)) } });
      ids.putSync(valueKey(this.number, encodeValue(doc['_id'])), handleBytes(handle));
      for (const { index, own } of keys) index.add(own, handle);
    }
  }

  /** Takes away all that the data file holds of the collection. */
  clear(): void {
    this.#takeRoomToClear();
    for (const index of this.indexes.values()) index.clear();
    for (const table of [this.file.records, this.file.ids])
      for (const key of [...table.getKeys(rangeOf(this.number))]) table.removeSync(key);
    this.file.catalogue.removeSync(this.#sizeKey);
    this.#added = 0;
  }

  /** All of it at once: what is cleared in part would mislead. */
  #takeRoomToClear(): void {
    const records = this.size;
    const entries = [...this.indexes.values()].reduce((sum, index) => sum + index.countEntries(), 0);
    const removes = { records, ids: records, entries };
    this.file.takeRoom({ removes, gone: this.file.usedBytes, takesAway: true });
  }

  #bytesOf(handle: number): number {
    return this.file.records.getBinary(recordKey(this.number, handle))?.length ?? 0;
  }

  #checkedKeys(doc: Doc): Map<OrderedIndex, string[]> {
    const keys = new Map<OrderedIndex, string[]>();
    for (const index of this.indexes.values()) {
      const own = index.keysOf(doc);
      own.forEach(assertKeyFits);
      index.assertFree(own, undefined, this.namespace);
      keys.set(index, own);
    }
    return keys;
  }

  /** Most updates leave most indexes as they are; those are not touched. */
  #changedKeys(handle: number, before: Doc, after: Doc): KeyChange[] {
    const changes: KeyChange[] = [];
    for (const index of this.indexes.values()) {
      if (index.readsTheSame(before, after)) continue;
      const [old, own] = [index.keysOf(before), index.keysOf(after)];
      const come = own.filter((key) => !old.includes(key));
      come.forEach(assertKeyFits);
      index.assertFree(come, handle, this.namespace);
      changes.push({ index, come, gone: old.filter((key) => !own.includes(key)) });
    }
    return changes;
  }

  #put(handle: number, body: Uint8Array): void {
    const stored = Buffer.allocUnsafe(CHECKSUM_BYTES + body.length);
    stored.writeUInt32LE(crc32(body), 0);
    stored.set(body, CHECKSUM_BYTES);
    this.file.records.putSync(recordKey(this.number, handle), stored);
    this.forgetRead();
  }

  #allocate(): number {
    this.#nextHandle ??= this.#afterLast();
    return this.#nextHandle++;
  }

  #afterLast(): number {
    const { start, end } = rangeOf(this.number);
    const [last] = this.file.records.getKeys({ start: end, end: start, reverse: true, limit: 1 });
    return last ? handleIn(last) + 1 : 0;
  }
}

function countOf(keys: readonly (readonly string[])[]): number {
  return keys.reduce((sum, { length }) => sum + length, 0);
}

/** Throws DollarPrefixedFieldName: as an id, `{ $a: 1 }` could never be asked for. */
function assertNoDollar(id: unknown): void {
  if (Array.isArray(id)) return id.forEach(assertNoDollar);
  if (!isPlainObject(id)) return;
  for (const [name, value] of Object.entries(id)) {
    if (name.startsWith('$'))
      throw new StoreError('DollarPrefixedFieldName', "_id fields may not contain '$'-prefixed fields");
    assertNoDollar(value);
  }
}

/** Names where the damage is, and nothing of what stands there. */
function damaged(namespace: string, handle: number): StoreError {
  return new StoreError(
    'InvalidBSON',
    `record ${handle} of ${namespace} is damaged on disk: its checksum does not match (npm run store:check)`,
  );
}
