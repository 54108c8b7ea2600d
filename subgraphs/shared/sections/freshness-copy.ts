import { LRUCache } from 'lru-cache';
import type { Collection, Db, MongoClient } from 'mongodb';
import {
  type DeliveryNote,
  type Freshness,
  freshnessCollection,
  freshnessId,
  noteDelivery,
} from './freshness.js';

const MAX_KNOWN = 5000;
/** What a section says of a source is as old as this at most. */
const AGE_MS = 5000;

/**
 * The latest deliveries as a subgraph last read them. Every section of every look-up asks for the same few records; a
 * delivery that this process takes shows at once, one that another process takes within five seconds.
 */
export class FreshnessCopy {
  readonly #known = new LRUCache<string, { readonly freshness: Freshness | undefined }>({
    max: MAX_KNOWN,
    ttl: AGE_MS,
  });

  constructor(readonly collection: Pick<Collection<Freshness>, 'find'>) {}

  /** @param ids as `freshnessId` makes them @returns what has been delivered, by id; a source that never has is absent */
  async of(ids: readonly string[]): Promise<Map<string, Freshness>> {
    const missing = ids.filter((id) => !this.#known.has(id));
    const read = missing.length === 0 ? [] : await this.collection.find({ _id: { $in: missing } }).toArray();
    const byId = new Map(read.map((freshness) => [freshness._id, freshness]));
    for (const id of missing) this.#known.set(id, { freshness: byId.get(id) });
    return new Map(
      ids.flatMap((id) => {
        const freshness = byId.get(id) ?? this.#known.get(id)?.freshness;
        return freshness ? [[id, freshness] as const] : [];
      }),
    );
  }

  /** Lets go of one source's record because a delivery has changed it. */
  forget(id: string): void {
    this.#known.delete(id);
  }
}

const copies = new WeakMap<MongoClient, Map<string, FreshnessCopy>>();

/** @returns the one copy of a database in this process, so that whoever takes a delivery can refresh it. */
export function freshnessCopy(database: Db): FreshnessCopy {
  const ofClient = copies.get(database.client) ?? new Map<string, FreshnessCopy>();
  copies.set(database.client, ofClient);
  const known = ofClient.get(database.databaseName);
  if (known) return known;
  const copy = new FreshnessCopy(freshnessCollection(database));
  ofClient.set(database.databaseName, copy);
  return copy;
}

/** Notes a delivery, and lets this process's copy know of it. */
export async function takeDeliveryNote(database: Db, note: DeliveryNote): Promise<void> {
  await noteDelivery(freshnessCollection(database), note);
  freshnessCopy(database).forget(freshnessId(note.source, note.cvr));
}
