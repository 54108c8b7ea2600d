import { deserialize, serialize } from 'bson';
import { StoreError } from './errors.js';
import { encodeValue } from './key-encoding.js';
import { FrameKind, frameOverhead } from './journal.js';
import { OrderedIndex, duplicateKey, type IndexSpec } from './ordered-index.js';
import type { Bodies } from './bodies.js';

export type Doc = Record<string, unknown>;

/** What an update changes in one index. */
interface KeyChange {
  readonly index: OrderedIndex;
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

const ID_INDEX = { name: '_id_', key: { _id: 1 } } as const;

/** @returns the decoded document; integers of 64 bits come back as numbers when they fit (the driver's default). */
export function decode(body: Uint8Array): Doc {
  return deserialize(body, { promoteBuffers: false });
}

/**
 * One collection: where each record's body lies in the data file, the `_id` map and the ordered indexes.
 * Memory holds keys and offsets only.
 */
export class Collection {
  readonly indexes = new Map<string, OrderedIndex>();
  readonly #byId = new Map<string, number>();
  #offsets = new Float64Array(64);
  #lengths = new Uint32Array(64);
  #next = 0;
  /** The document decoded last: what tests whether it matches and what projects it read the same one. */
  #decoded: { readonly offset: number; readonly doc: Doc } | undefined;
  readonly #frameOverhead: number;
  /** Bytes of the data file that live records take, frame heads included. */
  liveBytes = 0;
  /** Records read to see whether they match, since the start; what an index saves shows here. */
  examined = 0;

  constructor(
    readonly namespace: string,
    readonly bodies: Bodies,
  ) {
    this.#frameOverhead = frameOverhead(namespace);
  }

  get size(): number {
    return this.#byId.size;
  }

  handleOf(id: unknown): number | undefined {
    return this.#byId.get(encodeValue(id));
  }

  /** Handles of live records in insertion order. */
  *handles(): Generator<number> {
    for (let handle = 0; handle < this.#next; handle++) if (this.#lengths[handle]! > 0) yield handle;
  }

  isLive(handle: number): boolean {
    return this.#lengths[handle]! > 0;
  }

  body(handle: number): Buffer {
    return this.bodies.read(this.#offsets[handle]!, this.#lengths[handle]!);
  }

  /** @returns the decoded document; whoever gets it leaves it as it is. */
  doc(handle: number): Doc {
    const offset = this.#offsets[handle]!;
    if (this.#decoded?.offset === offset) return this.#decoded.doc;
    this.#decoded = { offset, doc: decode(this.body(handle)) };
    return this.#decoded.doc;
  }

  insert(doc: Doc): void {
    if (Array.isArray(doc['_id']) || doc['_id'] instanceof RegExp || doc['_id'] === undefined)
      throw new StoreError('BadValue', "the '_id' value cannot be of this type");
    const idKey = encodeValue(doc['_id']);
    if (this.#byId.has(idKey)) throw duplicateKey(this.namespace, { ...ID_INDEX });
    const keys = this.#checkedKeys(doc);
    const body = serialize(doc);
    const offset = this.bodies.append(FrameKind.Put, this.namespace, body);
    const handle = this.#allocate(idKey);
    this.#place(handle, offset, body.length);
    for (const [index, own] of keys) index.add(own, handle);
  }

  /** @param body the document after, as it is stored */
  replace(handle: number, before: Doc, after: Doc, body: Uint8Array): void {
    const changes = this.#changedKeys(handle, before, after);
    const offset = this.bodies.append(FrameKind.Put, this.namespace, body);
    this.#unplace(handle);
    this.#place(handle, offset, body.length);
    for (const { index, gone, come } of changes) {
      index.remove(gone, handle);
      index.add(come, handle);
    }
  }

  remove(handle: number, doc: Doc): void {
    this.bodies.append(FrameKind.Delete, this.namespace, serialize({ _id: doc['_id'] }));
    this.#unplace(handle);
    for (const index of this.indexes.values()) index.remove(index.keysOf(doc), handle);
    this.#forget(handle, doc['_id']);
  }

  /** Replays a Put frame: the newest body of an `_id` wins; indexes follow in `buildIndexes`. */
  replayPut(body: Buffer, offset: number): void {
    const idKey = encodeValue(decode(body)['_id']);
    const existing = this.#byId.get(idKey);
    const handle = existing ?? this.#allocate(idKey);
    if (existing !== undefined) this.liveBytes -= this.#lengths[existing]! + this.#frameOverhead;
    this.#place(handle, offset, body.length);
  }

  replayDelete(id: unknown): void {
    const handle = this.handleOf(id);
    if (handle === undefined) return;
    this.liveBytes -= this.#lengths[handle]! + this.#frameOverhead;
    this.#forget(handle, id);
  }

  /** Files every live record under every declared index, in one pass after replay. */
  buildIndexes(): void {
    for (const handle of this.indexes.size > 0 ? this.handles() : []) {
      const doc = this.doc(handle);
      for (const index of this.indexes.values()) index.add(index.keysOf(doc), handle);
    }
  }

  /** Builds an index over what is stored; nothing changes when a unique index would clash. */
  createIndex(spec: IndexSpec): void {
    const index = new OrderedIndex(spec);
    for (const handle of this.handles()) {
      const keys = index.keysOf(this.doc(handle));
      index.assertFree(keys, handle, this.namespace);
      index.add(keys, handle);
    }
    this.indexes.set(spec.name, index);
  }

  /** Called after compaction moved a body. */
  relocate(handle: number, offset: number): void {
    this.#decoded = undefined;
    this.#offsets[handle] = offset;
  }

  #checkedKeys(doc: Doc): Map<OrderedIndex, string[]> {
    const keys = new Map<OrderedIndex, string[]>();
    for (const index of this.indexes.values()) {
      const own = index.keysOf(doc);
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
      index.assertFree(come, handle, this.namespace);
      changes.push({ index, come, gone: old.filter((key) => !own.includes(key)) });
    }
    return changes;
  }

  #allocate(idKey: string): number {
    if (this.#next === this.#lengths.length) this.#grow();
    const handle = this.#next++;
    this.#byId.set(idKey, handle);
    return handle;
  }

  #grow(): void {
    const offsets = new Float64Array(this.#offsets.length * 2);
    const lengths = new Uint32Array(this.#lengths.length * 2);
    offsets.set(this.#offsets);
    lengths.set(this.#lengths);
    this.#offsets = offsets;
    this.#lengths = lengths;
  }

  #place(handle: number, offset: number, length: number): void {
    this.#offsets[handle] = offset;
    this.#lengths[handle] = length;
    this.liveBytes += length + this.#frameOverhead;
  }

  #unplace(handle: number): void {
    this.liveBytes -= this.#lengths[handle]! + this.#frameOverhead;
    this.bodies.evict(this.#offsets[handle]!);
  }

  #forget(handle: number, id: unknown): void {
    this.#lengths[handle] = 0;
    this.#byId.delete(encodeValue(id));
  }
}
