import { Catalogue } from './catalogue.js';
import type { Collection } from './collection.js';
import { StoreError } from './errors.js';
import type { IndexSpec } from './ordered-index.js';
import { RecordFile, type Written } from './record-file.js';

export interface EngineOptions {
  readonly path: string;
  /** Size of the data file beyond which writes are refused (STORE_MAX_MB). */
  readonly maxBytes: number;
  /** Called when changes begin to fail. */
  readonly onFailing?: (error: Error) => void;
}

/** What the store says of itself. */
export interface EngineStats {
  readonly fileBytes: number;
  readonly usedBytes: number;
  readonly records: number;
  readonly examined: number;
}

/** All databases of the embedded store: one data file, collections by namespace `db.collection`. */
export class Engine {
  readonly #file: RecordFile;
  readonly #catalogue: Catalogue;
  /** Changes of collections and indexes that have run and are not on disk yet. */
  #unsettled = 0;

  constructor({ path, maxBytes, onFailing }: EngineOptions) {
    this.#file = new RecordFile(path, maxBytes, onFailing);
    this.#catalogue = new Catalogue(this.#file);
  }

  /** Version mark of the data. */
  get version(): number {
    return this.#file.version;
  }

  /** Marks the data as of a version. Within `write` alone. */
  markVersion(version: number): void {
    this.#file.markVersion(version);
  }

  collection(namespace: string): Collection | undefined {
    const collection = this.#catalogue.collections.get(namespace);
    collection?.forgetRead();
    return collection;
  }

  /** @returns the collection, made on first use as MongoDB does on first write. Within `write` alone. */
  ensureCollection(namespace: string): Collection {
    return this.#catalogue.collections.get(namespace) ?? this.#catalogue.createCollection(namespace);
  }

  /** @returns every collection. */
  all(): Collection[] {
    return [...this.#catalogue.collections.values()];
  }

  namespaces(database: string): string[] {
    return [...this.#catalogue.collections.keys()].filter((name) => name.startsWith(`${database}.`));
  }

  databases(): string[] {
    const names = [...this.#catalogue.collections.keys()];
    return [...new Set(names.map((name) => name.slice(0, name.indexOf('.'))))];
  }

  /**
   * Within `write` alone.
   * @returns whether the index is new; the same name with another definition is refused
   */
  createIndex(namespace: string, spec: IndexSpec): boolean {
    const collection = this.ensureCollection(namespace);
    const existing = collection.indexes.get(spec.name);
    if (!existing) {
      this.#catalogue.createIndex(collection, spec);
      return true;
    }
    if (JSON.stringify(existing.spec) === JSON.stringify(spec)) return false;
    throw new StoreError('IndexOptionsConflict', `index ${spec.name} already exists with another definition`);
  }

  /** Within `write` alone. */
  dropIndex(namespace: string, name: string): void {
    const collection = this.#catalogue.collections.get(namespace);
    if (!collection?.indexes.has(name))
      throw new StoreError('IndexNotFound', `index not found with name [${name}]`);
    this.#catalogue.dropIndex(collection, name);
  }

  /** Within `write` alone. */
  dropCollection(namespace: string): boolean {
    const collection = this.#catalogue.collections.get(namespace);
    if (!collection) return false;
    this.#catalogue.dropCollection(collection);
    return true;
  }

  /** Runs work that changes records or collections; what it has done stays when it throws. */
  write<T>(work: () => T): Written<T> {
    let changesCatalogue = false;
    const { ran, durable } = this.#file.write(() => {
      // What memory says of collections that are not on disk yet may come to nothing; the file knows.
      if (this.#unsettled > 0) this.#catalogue.reload();
      this.#forgetRead();
      try {
        return work();
      } finally {
        for (const collection of this.all()) collection.saveSize();
        this.#forgetRead();
        changesCatalogue = this.#catalogue.takeChanged();
        if (changesCatalogue) this.#unsettled++;
      }
    });
    const settled = () => {
      if (changesCatalogue) this.#unsettled--;
    };
    durable.then(settled, () => {
      settled();
      this.#catalogue.reload();
    });
    return { ran, durable };
  }

  /** Runs work and waits until what it changed is on disk. @returns what the work gave */
  async change<T>(work: () => T): Promise<T> {
    const { ran, durable } = this.write(work);
    await durable;
    return ran;
  }

  /** @returns whether a change would be stored now. */
  takesChanges(): Promise<boolean> {
    return this.#file.takesChanges();
  }

  stats(): EngineStats {
    const collections = this.all();
    return {
      fileBytes: this.#file.fileBytes,
      usedBytes: this.#file.usedBytes,
      records: collections.reduce((sum, { size }) => sum + size, 0),
      examined: collections.reduce((sum, { examined }) => sum + examined, 0),
    };
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #forgetRead(): void {
    for (const collection of this.all()) collection.forgetRead();
  }
}
