import type { Collection, Filter, OptionalUnlessRequiredId } from 'mongodb';

/** How one record was taken (design.md §7); `foreign` is not taken: another source system has the id. */
export type IngestOutcome = 'accepted' | 'duplicate' | 'superseded' | 'foreign';

/** A record's state from one registration. */
export interface Registered {
  readonly _id: string;
  readonly registeredAt: Date;
  /** Code of the source system, here or among the access facts. */
  readonly source?: string;
  readonly access?: { readonly source: string };
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
  const existing = await presentOnes(collection, [...newest.keys()]);
  const fresh = [...newest.values()].filter((document) => !existing.has(document._id));
  if (fresh.length > 0)
    await collection.insertMany(fresh as OptionalUnlessRequiredId<T>[], { ordered: false });
  const outcomes: IngestOutcome[] = [];
  for (const document of documents) {
    const known = existing.get(document._id);
    if (known && sourceOf(known) !== sourceOf(document)) {
      outcomes.push('foreign');
      continue;
    }
    const present = known?.registeredAt;
    const latest = newest.get(document._id)!;
    if (isSameTime(present, document) || (latest !== document && isSameTime(latest.registeredAt, document)))
      outcomes.push('duplicate');
    else if (latest !== document) outcomes.push(await keepAsPast(history, document));
    else if (present === undefined) outcomes.push('accepted');
    else outcomes.push(await takeOver(collection, history, document, present));
  }
  return outcomes;
}

/** The same registration again: told by its time, whatever else it says. */
function isSameTime(present: Date | undefined, { registeredAt }: Registered): boolean {
  return present?.getTime() === registeredAt.getTime();
}

function newestById<T extends Registered>(documents: readonly T[]): Map<string, T> {
  const newest = new Map<string, T>();
  for (const document of documents) {
    const known = newest.get(document._id);
    if (!known || known.registeredAt < document.registeredAt) newest.set(document._id, document);
  }
  return newest;
}

/** A source system changes its own records only: an id that is another's is not taken over by a newer registration. */
function sourceOf({ source, access }: Registered): string | undefined {
  return access?.source ?? source;
}

async function presentOnes<T extends Registered>(
  collection: Collection<T>,
  ids: string[],
): Promise<Map<string, Registered>> {
  const found = await collection
    .find({ _id: { $in: ids } } as Filter<T>, {
      projection: { registeredAt: 1, source: 1, 'access.source': 1 },
    })
    .toArray();
  return new Map(found.map((one) => [one._id, one as unknown as Registered]));
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
  const state = { of: document._id, state: document };
  const { upsertedCount } = await history.updateOne({ _id }, { $setOnInsert: state }, { upsert: true });
  return upsertedCount === 1 ? 'superseded' : 'duplicate';
}

function withoutId<T extends Registered>({ _id, ...rest }: T): Omit<T, '_id'> {
  return rest;
}
