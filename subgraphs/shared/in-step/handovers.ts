import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';

/**
 * What an owner has taken and not yet handed over in full: written before the records, deleted when every copy has
 * them. One left over by a crash is found by age and finished (ADR 013).
 */
export interface Handover {
  readonly _id: string;
  readonly at: Date;
  /** Ids of the records, or the numbers of persons and companies. */
  readonly keys: readonly string[];
}

/** The hand-overs of one subgraph. */
export class Handovers {
  readonly #collection: Collection<Handover>;

  constructor(database: Db) {
    this.#collection = database.collection<Handover>('handovers');
  }

  /** Notes what is about to be taken. @returns the hand-over's id */
  async begin(keys: readonly string[], at = new Date()): Promise<string> {
    const _id = randomUUID();
    await this.#collection.insertOne({ _id, at, keys });
    return _id;
  }

  async finish(id: string): Promise<void> {
    await this.#collection.deleteOne({ _id: id });
  }

  /** @returns hand-overs begun before a time and not finished. */
  async unfinished(before: Date): Promise<Handover[]> {
    return this.#collection.find({ at: { $lt: before } }).toArray();
  }
}
