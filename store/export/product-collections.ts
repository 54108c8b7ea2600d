import type { StoreConnection } from '../connection.js';
import { COLLECTIONS, type CollectionShards, PARTS } from '../sharding.js';

/** Of MongoDB itself. */
const ITS_OWN = 'system.';

export type Stored = Pick<StoreConnection, 'database'>;
export type NamedCollection = Pick<CollectionShards, 'part' | 'name'>;

/** @returns what a collection is called in a message, wherever it lies */
export const titleOf = ({ part, name }: NamedCollection): string => `${part}.${name}`;

export function isKnown({ part, name }: NamedCollection): boolean {
  return COLLECTIONS.some((known) => known.part === part && known.name === name);
}

/** @returns every collection in the databases of the product, known or not */
export async function collectionsIn(store: Stored): Promise<NamedCollection[]> {
  const found: NamedCollection[] = [];
  for (const part of PARTS) {
    const names = await store.database(part).listCollections({}, { nameOnly: true }).toArray();
    const own = names.map(({ name }) => name).filter((name) => !name.startsWith(ITS_OWN));
    found.push(...own.sort().map((name) => ({ part, name })));
  }
  return found;
}
