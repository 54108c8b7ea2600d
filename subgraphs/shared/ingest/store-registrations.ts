import type { Collection, Filter, OptionalUnlessRequiredId } from 'mongodb';

/** How one record was taken (design.md §7). */
export type IngestOutcome = 'accepted' | 'duplicate' | 'superseded';

/** A record's state from one registration. */
export interface Registered {
  readonly _id: string;
  readonly registeredAt: Date;
}

/** A registration that is not the present one: kept as history, changes nothing. */
export interface PastRegistration {
  /** `<id>@<registration time>` */
  readonly _id: string;
  readonly of: string;
  readonly state: unknown;
}

/**
 * Stores registrations, idempotent by (id, registration time): the newest is the present state, an older one that
 * arrives late is kept as history, the same one again changes nothing.
 * @returns the outcome of each document, in order
 */
export async function storeRegistrations<T extends Registered>(
  collection: Collection<T>,
  history: Collection<PastRegistration>,
  documents: readonly T[],
): Promise<IngestOutcome[]> {
  const newest = newestById(documents);
  const existing = await presentTimes(collection, [...newest.keys()]);
  const fresh = [...newest.values()].filter((document) => !existing.has(document._id));
  if (fresh.length > 0)
    await collection.insertMany(fresh as OptionalUnlessRequiredId<T>[], { ordered: false });
  const outcomes: IngestOutcome[] = [];
  for (const document of documents) {
    const present = existing.get(document._id);
    if (newest.get(document._id) !== document) outcomes.push(await keepAsPast(history, document));
    else if (present === undefined) outcomes.push('accepted');
    else if (present.getTime() === document.registeredAt.getTime()) outcomes.push('duplicate');
    else outcomes.push(await takeOver(collection, history, document, present));
  }
  return outcomes;
}

function newestById<T extends Registered>(documents: readonly T[]): Map<string, T> {
  const newest = new Map<string, T>();
  for (const document of documents) {
    const known = newest.get(document._id);
    if (!known || known.registeredAt < document.registeredAt) newest.set(document._id, document);
  }
  return newest;
}

async function presentTimes<T extends Registered>(
  collection: Collection<T>,
  ids: string[],
): Promise<Map<string, Date>> {
  const found = await collection
    .find({ _id: { $in: ids } } as Filter<T>, { projection: { registeredAt: 1 } })
    .toArray();
  return new Map(found.map((one) => [one._id, one['registeredAt']]));
}

async function takeOver<T extends Registered>(
  collection: Collection<T>,
  history: Collection<PastRegistration>,
  document: T,
  present: Date,
): Promise<IngestOutcome> {
  if (document.registeredAt < present) return keepAsPast(history, document);
  const before = (await collection.findOne({ _id: document._id } as Filter<T>)) as T | null;
  if (before) await keepAsPast(history, before);
  const older = { _id: document._id, registeredAt: { $lt: document.registeredAt } } as unknown as Filter<T>;
  const { matchedCount } = await collection.replaceOne(older, withoutId(document));
  return matchedCount === 1 ? 'accepted' : 'superseded';
}

async function keepAsPast(
  history: Collection<PastRegistration>,
  document: Registered,
): Promise<IngestOutcome> {
  const _id = `${document._id}@${document.registeredAt.toISOString()}`;
  await history.updateOne({ _id }, { $setOnInsert: { of: document._id, state: document } }, { upsert: true });
  return 'superseded';
}

function withoutId<T extends Registered>({ _id, ...rest }: T): Omit<T, '_id'> {
  return rest;
}
