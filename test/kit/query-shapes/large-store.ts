import type { Document } from 'mongodb';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import type { StoreConnection } from '../../../store/connection.js';
import { COLLECTIONS } from '../../../store/sharding.js';
import { auditCollections, ensureAuditIndexes } from '../../../subgraphs/shared/audit/mongo-sink.js';
import { filled } from './fill.js';
import { RECORDS } from './records.js';
import type { QueryShape } from './shape.js';

const BATCH = 1000;
/** Records whose values a shape is tried with: of a person with a long list, of others. */
const TRIES = 5;

/** Shapes that examine more, by their key: why, and how much. */
export const MORE: ReadonlyMap<string, string> = new Map([
  [
    '["entries",["cvr"],["cvr"],[["writer",1],["cvr",1],["seq",1]],0]',
    'the proof of one authority’s log reads the log of all: an index of its own would make every entry larger, and the proof is asked for seldom',
  ],
]);

/** What one search took. */
export interface Tried {
  readonly filter: Document;
  readonly returned: number;
  readonly examined: number;
}

/** @returns whether a search has examined more than ten times what it returned, and a hundred */
export const isTooMuch = ({ returned, examined }: Tried): boolean => examined > 10 * returned + 100;

/** A store with many records in the collections that shapes ask. */
export class LargeStore {
  /** @param examined count of records that the store has examined since its start */
  constructor(
    readonly connection: StoreConnection,
    readonly examined: () => Promise<number>,
  ) {}

  /** Makes indexes, and records where there are none yet. @returns how many records */
  async fill(shapes: readonly QueryShape[], sizeOf: (collection: string) => number): Promise<number> {
    await buildSubgraphIndexes(this.connection);
    await ensureAuditIndexes(auditCollections(this.connection.database('audit')));
    let records = 0;
    for (const name of new Set(shapes.map(({ collection }) => collection)))
      records += await this.#fill(name, sizeOf(name));
    return records;
  }

  async #fill(name: string, size: number): Promise<number> {
    const there = await this.#collection(name).estimatedDocumentCount();
    for (let i = there; i < size; i += BATCH)
      await this.#collection(name).insertMany(
        Array.from({ length: Math.min(BATCH, size - i) }, (_, j) => recordOf(name, i + j, size)),
      );
    return Math.max(0, size - there);
  }

  /** Searches as a shape says, with the values of several records. @param size records of the collection */
  async try({ collection, filter, sort, limit }: QueryShape, size: number): Promise<Tried[]> {
    const searches: Tried[] = [];
    for (let i = 0; i < TRIES; i++) {
      const own = filled(filter, recordOf(collection, Math.floor((size * (i + 0.5)) / TRIES), size));
      const before = await this.examined();
      const found = await this.#collection(collection)
        .find(own)
        .sort([...sort])
        .limit(limit)
        .project({ _id: 1 })
        .toArray();
      searches.push({ filter: own, returned: found.length, examined: (await this.examined()) - before });
    }
    return searches;
  }

  #collection(name: string) {
    const part = COLLECTIONS.find((known) => known.name === name)?.part;
    if (part === undefined) throw new Error(`no part has a collection ${name}`);
    return this.connection.database(part).collection<Document & { _id: string }>(name);
  }
}

function recordOf(collection: string, i: number, size: number): Document & { _id: string } {
  return { _id: `record-${String(i).padStart(7, '0')}`, ...RECORDS[collection]?.(i, size) };
}
