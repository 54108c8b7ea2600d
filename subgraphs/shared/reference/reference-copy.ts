import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Collection, Db } from 'mongodb';

/** Classification, organisation and authorities as each subgraph keeps them. */
export type ReferenceRecord =
  | (Dated & { readonly _id: `kle:${string}`; readonly title: string })
  | (Dated & {
      readonly _id: `unit:${string}`;
      readonly name: string;
      readonly contact: string;
      readonly cvr: string;
    })
  | (Dated & { readonly _id: `authority:${string}`; readonly name: string })
  /** `user:<CVR>|<id at the identity provider>`; for the subgraph that gives users something to do. */
  | (Dated & { readonly _id: `user:${string}`; readonly cvr: string; readonly unit: string | null });

interface Dated {
  /** Registration it comes from; none for what an installation begins with. */
  readonly registeredAt?: Date;
  readonly registeredNs?: number;
}

export type ReferenceKey = ReferenceRecord['_id'];

const MAX_ENTRIES = 20_000;
const MAX_AGE_MS = 5 * 60_000;

/** @returns what the keys of one kind of reference record lie between */
export function keysOfKind<K extends 'kle' | 'unit' | 'authority'>(kind: K) {
  return { $gte: `${kind}:`, $lt: `${kind}:\uffff` } as const;
}

/** @returns the collection of reference records in a subgraph's database. */
export function referenceCollection(database: Db): Collection<ReferenceRecord> {
  return database.collection<ReferenceRecord>('reference');
}

/**
 * Bounded copy of reference records in front of the store: looked up in batches, remembered with a size and an age
 * limit. What is not there is asked for every time: it may be delivered at any moment.
 */
export class ReferenceCopy {
  readonly #known: LRUCache<ReferenceKey, ReferenceRecord>;

  constructor(
    readonly collection: Collection<ReferenceRecord>,
    limits: { readonly max?: number; readonly maxAgeMs?: number; readonly now?: () => number } = {},
  ) {
    const { now } = limits;
    this.#known = new LRUCache({
      max: limits.max ?? MAX_ENTRIES,
      ttl: limits.maxAgeMs ?? MAX_AGE_MS,
      ...(now && { perf: { now }, ttlResolution: 0 }),
    });
  }

  get size(): number {
    return this.#known.size;
  }

  /** @returns the records in the order of the keys; null where there is none. One store command for all misses. */
  async load(keys: readonly ReferenceKey[]): Promise<(ReferenceRecord | null)[]> {
    const found = new Map<ReferenceKey, ReferenceRecord>();
    for (const key of keys) {
      const known = this.#known.get(key);
      if (known) found.set(key, known);
    }
    const missing = [...new Set(keys.filter((key) => !found.has(key)))];
    if (missing.length > 0)
      for (const record of await this.collection.find<ReferenceRecord>({ _id: { $in: missing } }).toArray()) {
        found.set(record._id, record);
        this.#known.set(record._id, record);
      }
    return keys.map((key) => found.get(key) ?? null);
  }
}

/** Reference look-ups of one request; a new one for every request. */
export class References {
  readonly #loader: DataLoader<ReferenceKey, ReferenceRecord | null>;

  constructor(copy: ReferenceCopy) {
    this.#loader = new DataLoader((keys) => copy.load(keys));
  }

  /** @returns a topic with its title; null for a missing number. */
  async kle(number: string | null): Promise<{ number: string; title: string | null } | null> {
    if (number === null) return null;
    const record = await this.#loader.load(`kle:${number}`);
    return { number, title: record && 'title' in record ? record.title : null };
  }

  /** @returns a unit with name and contact; null for a missing id. */
  async unit(id: string | null): Promise<{ id: string; name: string | null; contact: string | null } | null> {
    if (id === null) return null;
    const record = await this.#loader.load(`unit:${id}`);
    return record && 'contact' in record
      ? { id, name: record.name, contact: record.contact }
      : { id, name: null, contact: null };
  }

  /** @returns whether an authority's organisation has a unit. */
  async hasUnit(cvr: string, id: string): Promise<boolean> {
    const record = await this.#loader.load(`unit:${id}`);
    return record !== null && 'contact' in record && record.cvr === cvr;
  }

  /** @returns a user of an authority's organisation; null when it has none of that id. */
  async user(cvr: string, subject: string): Promise<{ unit: string | null } | null> {
    const record = await this.#loader.load(`user:${cvr}|${subject}`);
    return record && 'unit' in record ? { unit: record.unit } : null;
  }

  /** @returns an authority with its name; null for a missing CVR number. */
  async authority(cvr: string | null): Promise<{ cvr: string; name: string | null } | null> {
    if (cvr === null) return null;
    const record = await this.#loader.load(`authority:${cvr}`);
    return { cvr, name: record && 'name' in record ? record.name : null };
  }
}
