import type { Db } from 'mongodb';
import { keepKnown, keepNewest, lowerCaseIds } from '../../shared/in-step/lower-case-ids.js';
import { accessCollections } from '../source/collections.js';
import { VersionSource } from '../source/version-source.js';

/**
 * Spells the ids of everything stored here in lower case, once. What lives for minutes only, and what identity providers name, is
 * left alone.
 * @returns how many documents were changed
 */
export async function keepAccessIds(database: Db): Promise<number> {
  const collections = accessCollections(database);
  const { governed, archive, users, lifts, systems, rejects, sessions, jumps } = collections;
  const others = [
    ...[keepKnown(governed), keepKnown(archive), keepKnown(lifts), keepKnown(systems)],
    ...[keepKnown(rejects), keepKnown(sessions), keepKnown(jumps)],
  ];
  const changed = await lowerCaseIds(database, [], [...others, keepNewest(users)]);
  if (changed > 0) await raiseAll(collections);
  return changed;
}

/** Decisions rested on the ids as they were: every gateway resolves its callers anew. */
async function raiseAll(collections: ReturnType<typeof accessCollections>): Promise<void> {
  const versions = new VersionSource(collections, () => new Date());
  for (const { _id: cvr } of await collections.versions.find({}, { projection: { _id: 1 } }).toArray())
    await versions.changeAsOwner(cvr, [], () => Promise.resolve());
}
