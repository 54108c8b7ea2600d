import { serialize } from 'bson';
import { Bodies } from './bodies.js';
import { Collection, decode } from './collection.js';
import { StoreError } from './errors.js';
import { FrameKind, Journal, type Frame } from './journal.js';
import { OrderedIndex, type IndexSpec } from './ordered-index.js';

export interface EngineOptions {
  readonly path: string;
  /** Size of the data file beyond which writes are refused (STORE_MAX_MB). */
  readonly maxBytes: number;
  /** Bytes of record bodies kept in memory. */
  readonly cacheBytes: number;
}

const COMPACT_FROM_BYTES = 64 << 20;

/** All databases of the embedded store: one data file, collections by namespace `db.collection`. */
export class Engine {
  readonly #collections = new Map<string, Collection>();
  readonly #bodies: Bodies;
  readonly #journal: Journal;

  constructor(options: EngineOptions) {
    this.#bodies = new Bodies(options.cacheBytes);
    this.#journal = Journal.open(options.path, options.maxBytes, (frame) => this.#replay(frame));
    this.#bodies.attach(this.#journal);
    for (const collection of this.#collections.values()) collection.buildIndexes();
    if (this.#garbageBytes() > this.#liveBytes()) this.compact();
  }

  collection(namespace: string): Collection | undefined {
    this.#journal.assertAlive();
    return this.#collections.get(namespace);
  }

  /** @returns the collection, made on first use as MongoDB does on first write. */
  ensureCollection(namespace: string): Collection {
    const existing = this.collection(namespace);
    if (existing) return existing;
    this.#journal.append(FrameKind.CreateCollection, namespace, serialize({}));
    return this.#adopt(namespace);
  }

  namespaces(database: string): string[] {
    return [...this.#collections.keys()].filter((name) => name.startsWith(`${database}.`));
  }

  databases(): string[] {
    return [...new Set([...this.#collections.keys()].map((name) => name.slice(0, name.indexOf('.'))))];
  }

  /** @returns whether the index is new; the same name with another definition is refused. */
  createIndex(namespace: string, spec: IndexSpec): boolean {
    const collection = this.ensureCollection(namespace);
    const existing = collection.indexes.get(spec.name);
    if (existing) {
      if (JSON.stringify(existing.spec) === JSON.stringify(spec)) return false;
      throw new StoreError(
        'IndexOptionsConflict',
        `index ${spec.name} already exists with another definition`,
      );
    }
    collection.createIndex(spec);
    this.#journal.append(FrameKind.CreateIndex, namespace, serialize(spec));
    return true;
  }

  dropIndex(namespace: string, name: string): void {
    if (!this.collection(namespace)?.indexes.delete(name))
      throw new StoreError('IndexNotFound', `index not found with name [${name}]`);
    this.#journal.append(FrameKind.DropIndex, namespace, serialize({ name }));
  }

  dropCollection(namespace: string): boolean {
    if (!this.#collections.delete(namespace)) return false;
    this.#journal.append(FrameKind.DropCollection, namespace, serialize({}));
    return true;
  }

  /** Resolves when every change made so far is on disk; then compacts when most of the file is garbage. */
  async durable(): Promise<void> {
    await this.#journal.durable();
    if (this.#garbageBytes() > Math.max(COMPACT_FROM_BYTES, this.#liveBytes())) this.compact();
  }

  /** Rewrites the data file with live records only. Runs in one turn; nothing else is answered meanwhile. */
  compact(): void {
    if (this.#journal.hasPending) return;
    this.#journal.rewrite(this.#liveFrames());
    this.#bodies.clear();
  }

  stats(): {
    fileBytes: number;
    liveBytes: number;
    records: number;
    indexEntries: number;
    cachedBytes: number;
    examined: number;
  } {
    const collections = [...this.#collections.values()];
    return {
      fileBytes: this.#journal.bytes,
      liveBytes: this.#liveBytes(),
      records: collections.reduce((sum, collection) => sum + collection.size, 0),
      examined: collections.reduce((sum, collection) => sum + collection.examined, 0),
      indexEntries: collections.reduce(
        (sum, collection) => sum + [...collection.indexes.values()].reduce((n, index) => n + index.size, 0),
        0,
      ),
      cachedBytes: this.#bodies.cachedBytes,
    };
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  *#liveFrames() {
    for (const [namespace, collection] of this.#collections) {
      yield { kind: FrameKind.CreateCollection, namespace, body: serialize({}) };
      for (const index of collection.indexes.values())
        yield { kind: FrameKind.CreateIndex, namespace, body: serialize(index.spec) };
      for (const handle of collection.handles())
        yield {
          kind: FrameKind.Put,
          namespace,
          body: collection.body(handle),
          moved: (offset: number) => collection.relocate(handle, offset),
        };
    }
  }

  #replay(frame: Frame): void {
    const { kind, namespace, body } = frame;
    if (kind === FrameKind.DropCollection) return void this.#collections.delete(namespace);
    const collection = this.#collections.get(namespace) ?? this.#adopt(namespace);
    if (kind === FrameKind.Put) collection.replayPut(body, frame.bodyOffset);
    if (kind === FrameKind.Delete) collection.replayDelete(decode(body)['_id']);
    if (kind === FrameKind.CreateIndex) {
      const spec = decode(body) as unknown as IndexSpec;
      collection.indexes.set(spec.name, new OrderedIndex(spec));
    }
    if (kind === FrameKind.DropIndex) collection.indexes.delete(String(decode(body)['name']));
  }

  #adopt(namespace: string): Collection {
    const collection = new Collection(namespace, this.#bodies);
    this.#collections.set(namespace, collection);
    return collection;
  }

  #liveBytes(): number {
    return [...this.#collections.values()].reduce((sum, collection) => sum + collection.liveBytes, 0);
  }

  #garbageBytes(): number {
    return this.#journal.bytes - this.#liveBytes();
  }
}
