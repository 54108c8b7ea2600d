import { insertedFirst } from './inserted-first.js';
import { filterOf } from './of-any-record.js';
import {
  headsOf,
  type IngestOutcome,
  type Registered,
  type RegistrationStore,
  type RemovedRecord,
  sourceOf,
} from './registered.js';
import {
  compareTimes,
  isLater,
  registeredBy,
  type RegistrationTime,
  registrationTime,
} from './registration-time.js';

/** Takes records away that their source has deleted, with their history. @returns the outcome of each, in order */
export async function removeRegistrations<T extends Registered>(
  store: RegistrationStore<T>,
  removals: readonly Removal[],
): Promise<IngestOutcome[]> {
  const outcomes: IngestOutcome[] = [];
  for (const removal of removals) outcomes.push(await removeRegistration(store, removal));
  return outcomes;
}

interface Removal extends RegistrationTime {
  readonly id: string;
  readonly source: string;
}

async function removeRegistration<T extends Registered>(
  store: RegistrationStore<T>,
  removal: Removal,
): Promise<IngestOutcome> {
  const { id, source } = removal;
  const head = (await headsOf(store.present, [id])).get(id);
  const tombstone = (await removedOf(store, [id])).get(id);
  if ((tombstone && tombstone.source !== source) || (head && sourceOf(head) !== source)) return 'foreign';
  if (tombstone && !isLater(removal, tombstone)) {
    // The one before may have broken off after its note: an election, or a crash.
    await eraseUpTo(store, id, tombstone);
    return compareTimes(removal, tombstone) === 0 ? 'duplicate' : 'superseded';
  }
  await keepTombstone(store, removal);
  await eraseUpTo(store, id, removal);
  return head && isLater(head, removal) ? 'superseded' : 'accepted';
}

/** Notes a removal; a later one that somebody else has noted meanwhile stays. */
async function keepTombstone<T extends Registered>(
  { present, removed }: RegistrationStore<T>,
  removal: Removal,
): Promise<void> {
  const _id = tombstoneId({ present }, removal.id);
  const tombstone = { ...registrationTime(removal), source: removal.source };
  if (await insertedFirst(() => removed.insertOne({ _id, ...tombstone }))) return;
  await removed.replaceOne({ _id, ...registeredBy(removal) }, tombstone);
}

const tombstoneId = (store: { readonly present: { readonly collectionName: string } }, id: string) =>
  `${store.present.collectionName}:${id}`;

/** @returns what is left of deleted records, by id. */
export async function removedOf<T extends Registered>(
  store: RegistrationStore<T>,
  ids: readonly string[],
): Promise<Map<string, RemovedRecord>> {
  const found = await store.removed.find({ _id: { $in: ids.map((id) => tombstoneId(store, id)) } }).toArray();
  return new Map(
    found.map((tombstone) => [tombstone._id.slice(store.present.collectionName.length + 1), tombstone]),
  );
}

/** A deletion that arrived while the batch was stored wins over what is older than it. */
export async function eraseRemovedMeanwhile<T extends Registered>(
  store: RegistrationStore<T>,
  ids: readonly string[],
  before: ReadonlyMap<string, RemovedRecord>,
): Promise<void> {
  for (const [id, tombstone] of await removedOf(store, ids)) {
    const known = before.get(id);
    if (!known || compareTimes(known, tombstone) !== 0) await eraseUpTo(store, id, tombstone);
  }
}

/** Takes a record away with its history, as far as it was registered by a time. */
export async function eraseUpTo<T extends Registered>(
  store: RegistrationStore<T>,
  id: string,
  upTo: RegistrationTime,
): Promise<void> {
  await store.present.deleteOne(filterOf<T>({ _id: id, ...registeredBy(upTo) }));
  const { collectionName } = store.present;
  const past = await store.history.find({ of: id, ...registeredBy(upTo) }).toArray();
  const own = past.map(({ _id }) => _id).filter((pastId) => pastId.startsWith(`${collectionName}:`));
  if (own.length > 0) await store.history.deleteMany({ _id: { $in: own } });
}
