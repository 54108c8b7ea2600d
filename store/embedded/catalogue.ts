import { present } from '../present.js';
import { Collection } from './collection.js';
import { type IndexSpec, OrderedIndex } from './ordered-index.js';
import type { RecordFile } from './record-file.js';

/** What the data file says of one collection. */
interface CollectionEntry {
  readonly number: number;
  readonly indexes: readonly {
    readonly number: number;
    readonly spec: IndexSpec;
    readonly multikey: readonly boolean[];
  }[];
}

const COLLECTION = 'collection:';
const NEXT = Buffer.from('next-number');
const END = '\uffff';

/** Which collections and indexes there are, kept in the data file and in memory. Changes are made within `RecordFile.write` alone. */
export class Catalogue {
  #collections = new Map<string, Collection>();
  #changed = false;

  constructor(readonly file: RecordFile) {
    this.reload();
  }

  get collections(): ReadonlyMap<string, Collection> {
    return this.#collections;
  }

  /** Reads anew what is on disk: after a change that could not be written, memory must not say more. */
  reload(): void {
    this.#collections = new Map();
    const range = { start: Buffer.from(COLLECTION), end: Buffer.from(COLLECTION + END) };
    for (const { key, value } of this.file.catalogue.getRange(range)) {
      const namespace = textOf(key).slice(COLLECTION.length);
      // cast: it stands as this class wrote it
      this.#adopt(namespace, JSON.parse(textOf(value)) as CollectionEntry);
    }
  }

  createCollection(namespace: string): Collection {
    const collection = this.#adopt(namespace, { number: this.#nextNumber(), indexes: [] });
    this.#save(collection);
    return collection;
  }

  dropCollection(collection: Collection): void {
    const { namespace } = collection;
    collection.clear();
    this.file.catalogue.removeSync(Buffer.from(COLLECTION + namespace));
    this.#collections.delete(namespace);
    this.#changed = true;
  }

  createIndex(collection: Collection, spec: IndexSpec): void {
    collection.createIndex(this.#index(collection, spec, this.#nextNumber()));
    this.#save(collection);
  }

  dropIndex(collection: Collection, name: string): void {
    const index = present(collection.indexes.get(name), 'an index that is dropped');
    this.file.takeRoom({ removes: { entries: index.countEntries() }, takesAway: true });
    index.clear();
    collection.indexes.delete(name);
    this.#save(collection);
  }

  /** @returns whether collections or indexes have changed since this was last asked */
  takeChanged(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  #adopt(namespace: string, { number, indexes }: CollectionEntry): Collection {
    const collection = new Collection(namespace, number, this.file);
    for (const kept of indexes) {
      const index = this.#index(collection, kept.spec, kept.number, kept.multikey);
      collection.indexes.set(kept.spec.name, index);
    }
    this.#collections.set(namespace, collection);
    return collection;
  }

  #index(
    collection: Collection,
    spec: IndexSpec,
    number: number,
    multikey: readonly boolean[] = [],
  ): OrderedIndex {
    return new OrderedIndex(spec, number, this.file.entries, multikey, () => this.#save(collection));
  }

  #save(collection: Collection): void {
    this.#changed = true;
    const indexes = [...collection.indexes.values()].map(({ number, spec, multikey }) => ({
      number,
      spec,
      multikey,
    }));
    const entry: CollectionEntry = { number: collection.number, indexes };
    this.file.catalogue.putSync(
      Buffer.from(COLLECTION + collection.namespace),
      Buffer.from(JSON.stringify(entry)),
    );
  }

  /** One row of numbers for collections and indexes; none is given twice. */
  #nextNumber(): number {
    const found = this.file.catalogue.getBinary(NEXT);
    const number = found ? Number(textOf(found)) : 1;
    this.file.catalogue.putSync(NEXT, Buffer.from(String(number + 1)));
    return number;
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
