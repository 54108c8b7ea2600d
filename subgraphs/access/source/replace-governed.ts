import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import type { AccessCollections } from './collections.js';
import type { GovernedRecord } from './records.js';

/** Versions a governed document holds itself; older ones are archived. */
const MAX_VERSIONS = 50;

type Collections = Pick<AccessCollections, 'governed' | 'archive'>;

/**
 * Writes a thing under change control as it should become.
 * @param revision the revision it was read at; 0 for one that was not there
 * @returns false when somebody else changed it since
 */
export async function replaceGoverned(
  collections: Collections,
  item: GovernedRecord,
  revision: number,
): Promise<boolean> {
  const kept = await archived(collections, item);
  if (revision === 0) return insertedFirst(() => collections.governed.insertOne(kept));
  const { _id, ...fields } = kept;
  const { matchedCount } = await collections.governed.replaceOne({ _id, revision }, fields);
  return matchedCount === 1;
}

async function archived({ archive }: Collections, item: GovernedRecord): Promise<GovernedRecord> {
  const old = item.versions.slice(0, -MAX_VERSIONS);
  for (const version of old) {
    const _id = `${item._id}#${version.number}`;
    await archive.replaceOne({ _id }, { of: item._id, version }, { upsert: true });
  }
  return old.length === 0 ? item : { ...item, versions: item.versions.slice(-MAX_VERSIONS) };
}
