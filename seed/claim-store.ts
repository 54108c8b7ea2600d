import type { Db } from 'mongodb';
import { SUBGRAPH_NAMES } from '../schema/subgraph-names.js';
import { present } from '../subgraphs/shared/certain/present.js';
import { ownValue } from '../subgraphs/shared/names/own-value.js';
import { SettingsError } from '../subgraphs/shared/settings/parse.js';
import type { SeedSpec } from './plant.js';

/** The seed of the default world. */
export const DEFAULT_SEED = 'korsbaek';

/** The databases of one store. */
export interface SeedStore {
  database(name: string): Db;
}

/** Marks of a store that development has made: `begun` before the first record, `seed` when the world is whole. */
export interface BegunRecord extends SeedSpec {
  readonly _id: 'begun';
}

/** What a process writes by starting, before anybody has planted anything: it starts a chain of the look-up log. */
const WRITTEN_BY_STARTING: Readonly<Record<string, object>> = {
  'audit.entries': { event: { $ne: 'writer-started' } },
  'audit.checkpoints': { _id: { $exists: false } },
};

/**
 * Makes a store development's own, once: an empty one is marked before anything else is written to it.
 * @returns the world it is, or will be, planted with
 * @throws SettingsError when it holds any record that development did not plant; nothing has been written then
 */
export async function claimStore(store: SeedStore, spec: SeedSpec): Promise<SeedSpec> {
  const seed = store.database('seed');
  const marks = seed.collection<BegunRecord>('begun');
  const seeded = await seed.collection<SeedSpec & { _id: 'seed' }>('seeds').findOne({ _id: 'seed' });
  const begun = await marks.findOne({ _id: 'begun' });
  if (!seeded && !begun) {
    const foreign = await foreignRecords(store);
    if (foreign.length > 0)
      throw new SettingsError([
        `DATA_DIR, MONGODB_URI: the store holds records that development did not plant (${foreign.join(', ')}) and is left as it is; give development a store of its own, or state OVERBLIK_MODE=production`,
      ]);
    await marks.updateOne({ _id: 'begun' }, { $setOnInsert: { ...spec } }, { upsert: true });
  }
  return (
    seeded ??
    begun ??
    present(await marks.findOne({ _id: 'begun' }), 'the mark of a store that is being planted')
  );
}

/** What a subgraph's records have been renewed by (`subgraphs/shared/in-step/renewals.ts`): one that starts alone writes it first of all. */
const MARKS = 'renewals';

/** Whether development has made this store its own. */
export async function isClaimed(store: SeedStore): Promise<boolean> {
  return (await store.database('seed').collection<BegunRecord>('begun').findOne({ _id: 'begun' })) !== null;
}

/** @returns names of the collections that hold anything; without an index or a count, so that a large store answers at once */
async function foreignRecords(store: SeedStore): Promise<string[]> {
  const found: string[] = [];
  for (const name of SUBGRAPH_NAMES) {
    const database = store.database(name);
    for (const { name: collection } of await database.listCollections({}, { nameOnly: true }).toArray()) {
      if (collection.startsWith('system.') || collection === MARKS) continue;
      const title = `${name}.${collection}`;
      const filter = ownValue(WRITTEN_BY_STARTING, title) ?? {};
      if (await database.collection(collection).findOne(filter, { projection: { _id: 1 } }))
        found.push(title);
    }
  }
  return found;
}
