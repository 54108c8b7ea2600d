import { isDeepStrictEqual } from 'node:util';
import type { Collection } from 'mongodb';
import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import { filterOf, writesOf } from '../../shared/in-step/of-any-record.js';
import { versionOf } from '../../shared/in-step/registered.js';
import { renewOnce } from '../../shared/in-step/renewals.js';
import { isOwnName, ownValue } from '../../shared/names/own-value.js';
import type { CitizenCollections } from '../source/collections.js';
import type { CitizenRecord, CompanyRecord } from '../source/records.js';
import { SEARCH_KEYS_VERSION, searchKeysOf } from '../source/search-keys.js';
import { nameKeys } from '../source/search-text.js';

const BATCH = 500;
/** What persons were found by before versions 2 and 3. */
const OLD_INDEXES = ['address', 'household'];
const OLD_FIELDS = { addressTokens: '', householdKey: '' } as const;

type Keyed = CitizenRecord | CompanyRecord;

/**
 * Gives persons and companies that were stored by an earlier version the keys they are searched by now. Done once for each version;
 * one that broke off is done again from the beginning, and what has its keys already is left alone.
 * @returns how many records were given new keys
 */
export async function renewSearchKeys(collections: CitizenCollections): Promise<number> {
  const { citizens, companies, renewals } = collections;
  return renewOnce(renewals, 'search-keys', SEARCH_KEYS_VERSION, async () => {
    const renewed =
      (await renewAll(citizens, searchKeysOf)) +
      (await renewAll(companies, ({ name }) => ({ nameTokens: nameKeys(name) })));
    await dropOldIndexes(citizens);
    return renewed;
  });
}

async function renewAll<T extends Keyed>(
  collection: Collection<T>,
  keysOf: (record: T) => Partial<T>,
): Promise<number> {
  let renewed = 0;
  for (let after = ''; ;) {
    const ids = await collection
      .find<Pick<Keyed, '_id'>>(filterOf<T>({ _id: { $gt: after } }), { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .map(({ _id }) => _id)
      .toArray();
    const last = ids.at(-1);
    if (last === undefined) return renewed;
    renewed += await renewThese(collection, ids, keysOf);
    after = last;
  }
}

/** A record that is delivered anew meanwhile has its keys from the delivery. */
async function renewThese<T extends Keyed>(
  collection: Collection<T>,
  ids: readonly string[],
  keysOf: (record: T) => Partial<T>,
): Promise<number> {
  let renewed = 0;
  await compareAndSet('persons and companies and their search keys', async () => {
    const records = await collection.find<T>(filterOf<T>({ _id: { $in: ids } })).toArray();
    const changes = records.flatMap((record) => {
      const keys = keysOf(record);
      const kept: Readonly<Record<string, unknown>> = { ...record };
      const isNew = Object.entries(keys).every(([name, value]) =>
        isDeepStrictEqual(ownValue(kept, name), value),
      );
      if (isNew && !Object.keys(OLD_FIELDS).some((name) => isOwnName(kept, name))) return [];
      const update = { $set: { ...keys, rev: record.rev + 1 }, $unset: OLD_FIELDS };
      return [{ updateOne: { filter: versionOf(record), update } }];
    });
    if (changes.length === 0) return true;
    const { matchedCount } = await collection.bulkWrite(writesOf<T>(changes), { ordered: false });
    renewed += matchedCount;
    return matchedCount === changes.length;
  });
  return renewed;
}

async function dropOldIndexes(citizens: Collection<CitizenRecord>): Promise<void> {
  const names = (await citizens.listIndexes().toArray()).map(({ name }) => String(name));
  for (const name of OLD_INDEXES) if (names.includes(name)) await citizens.dropIndex(name);
}
