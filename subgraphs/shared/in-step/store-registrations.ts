import type { Collection, Filter, OptionalUnlessRequiredId } from 'mongodb';
import { compareAndSet } from './compare-and-set.js';
import { insertedFirst } from './inserted-first.js';

/** How one record was taken; `foreign` is not taken: another source system has the id. */
export type IngestOutcome = 'accepted' | 'duplicate' | 'superseded' | 'foreign';

/** A record's state from one registration. */
export interface Registered {
  readonly _id: string;
  readonly registeredAt: Date;
  /** Raised by every write: whoever changes a record names the one she read. */
  readonly rev: number;
  /** Code of the source system, here or among the access facts. */
  readonly source?: string;
  readonly access?: { readonly source: string };
}

/** A registration that is not the present one: kept as history, changes nothing. */
export interface PastRegistration {
  /** `<collection>:<id>@<registration time>` */
  readonly _id: string;
  readonly of: string;
  readonly registeredAt: Date;
  readonly state: unknown;
}

/** What is left of a record its source has deleted: registrations up to that time are not taken again. */
export interface RemovedRecord {
  /** `<collection>:<id>` */
  readonly _id: string;
  readonly registeredAt: Date;
  readonly source: string;
}

/** Where records of one type lie. */
export interface RegistrationStore<T extends Registered> {
  readonly present: Collection<T>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
  /** @returns the new state with what this subgraph has derived itself and what outlives a registration. */
  readonly carry: (before: T, after: T) => T;
}

/** What became of a batch. */
export interface StoredBatch<T> {
  readonly outcomes: readonly IngestOutcome[];
  /** The states that hold now because of this batch. */
  readonly taken: readonly T[];
  /** The states they took the place of. */
  readonly before: ReadonlyMap<string, T>;
}

/**
 * Stores registrations, idempotent by (id, registration time): the newest is the present state, an older one that
 * arrives late is kept as history, the same one again changes nothing.
 * @returns the outcome of each document, in order, and what holds now
 */
export async function storeRegistrations<T extends Registered>(
  store: RegistrationStore<T>,
  documents: readonly T[],
): Promise<StoredBatch<T>> {
  const newest = newestById(documents);
  const ids = [...newest.keys()];
  const [known, removed] = await Promise.all([headsOf(store.present, ids), removedOf(store, ids)]);
  const refused = (document: T) => refusal(document, known.get(document._id), removed.get(document._id));
  const wanted = [...newest.values()].filter((document) => refused(document) === undefined);
  const fresh = wanted.filter(({ _id }) => !known.has(_id));
  const newer = wanted.filter(
    ({ _id, registeredAt }) => known.has(_id) && known.get(_id)!.registeredAt < registeredAt,
  );
  await insertFresh(store, fresh);
  const { taken, before } = await takeOver(store, newer);
  const present = new Set<T>([...fresh, ...newer]);
  const late = documents.filter(
    (document) =>
      refused(document) === undefined &&
      !present.has(document) &&
      !isSameTime(document, known.get(document._id)) &&
      !isSameTime(
        document,
        [newest.get(document._id)!].find((one) => present.has(one)),
      ),
  );
  const kept = await keepAsPast(store, late);
  await eraseRemovedMeanwhile(store, ids, removed);
  const outcomes = documents.map((document): IngestOutcome => {
    const refusedAs = refused(document);
    if (refusedAs !== undefined) return refusedAs;
    if (present.has(document)) return 'accepted';
    return kept.has(document) ? 'superseded' : 'duplicate';
  });
  return { outcomes, taken: [...fresh, ...taken], before };
}

/** Takes records away that their source has deleted, with their history. @returns the outcome of each, in order */
export async function removeRegistrations<T extends Registered>(
  store: RegistrationStore<T>,
  removals: readonly { readonly id: string; readonly registeredAt: Date; readonly source: string }[],
): Promise<IngestOutcome[]> {
  const outcomes: IngestOutcome[] = [];
  for (const { id, registeredAt, source } of removals) {
    const head = (await headsOf(store.present, [id])).get(id);
    const tombstone = (await removedOf(store, [id])).get(id);
    if ((tombstone && tombstone.source !== source) || (head && sourceOf(head) !== source)) {
      outcomes.push('foreign');
      continue;
    }
    if (tombstone && tombstone.registeredAt >= registeredAt) {
      outcomes.push(tombstone.registeredAt.getTime() === registeredAt.getTime() ? 'duplicate' : 'superseded');
      continue;
    }
    await store.removed.updateOne(
      { _id: tombstoneId(store, id) },
      { $set: { source }, $max: { registeredAt } },
      { upsert: true },
    );
    await eraseUpTo(store, id, registeredAt);
    outcomes.push(head && head.registeredAt > registeredAt ? 'superseded' : 'accepted');
  }
  return outcomes;
}

type Head = Pick<Registered, '_id' | 'registeredAt' | 'source' | 'access'>;

/** A source system changes its own records only, and what it has deleted does not come back by an older registration. */
function refusal(
  document: Registered,
  head: Head | undefined,
  removed: RemovedRecord | undefined,
): IngestOutcome | undefined {
  const source = sourceOf(document);
  if ((head && sourceOf(head) !== source) || (removed && removed.source !== source)) return 'foreign';
  return removed && removed.registeredAt >= document.registeredAt ? 'superseded' : undefined;
}

/** The same registration again: told by its time, whatever else it says. */
function isSameTime({ registeredAt }: Registered, as: Head | undefined): boolean {
  return as?.registeredAt.getTime() === registeredAt.getTime();
}

function newestById<T extends Registered>(documents: readonly T[]): Map<string, T> {
  const newest = new Map<string, T>();
  for (const document of documents) {
    const known = newest.get(document._id);
    if (!known || known.registeredAt < document.registeredAt) newest.set(document._id, document);
  }
  return newest;
}

/** @returns the source system of a record. */
export function sourceOf({ source, access }: Pick<Registered, 'source' | 'access'>): string | undefined {
  return access?.source ?? source;
}

const HEAD = { registeredAt: 1, source: 1, 'access.source': 1 } as const;

async function headsOf<T extends Registered>(
  collection: Collection<T>,
  ids: string[],
): Promise<Map<string, Head>> {
  const found = await collection.find({ _id: { $in: ids } } as Filter<T>, { projection: HEAD }).toArray();
  return new Map(found.map((one) => [one._id, one as unknown as Head]));
}

const tombstoneId = (store: { readonly present: { readonly collectionName: string } }, id: string) =>
  `${store.present.collectionName}:${id}`;

async function removedOf<T extends Registered>(
  store: RegistrationStore<T>,
  ids: readonly string[],
): Promise<Map<string, RemovedRecord>> {
  const found = await store.removed.find({ _id: { $in: ids.map((id) => tombstoneId(store, id)) } }).toArray();
  return new Map(found.map((one) => [one._id.slice(store.present.collectionName.length + 1), one]));
}

async function insertFresh<T extends Registered>(store: RegistrationStore<T>, fresh: T[]): Promise<void> {
  if (fresh.length === 0) return;
  const insert = () => store.present.insertMany(fresh as OptionalUnlessRequiredId<T>[], { ordered: false });
  if (await insertedFirst(insert)) return;
  // Another delivery of the same records came first: each finds its place on its own.
  for (const document of fresh) await settle(store, document);
}

/** Puts newer registrations in the place of older ones, which become history first. */
async function takeOver<T extends Registered>(
  store: RegistrationStore<T>,
  newer: readonly T[],
): Promise<{ taken: T[]; before: Map<string, T> }> {
  if (newer.length === 0) return { taken: [], before: new Map() };
  const ids = newer.map(({ _id }) => _id);
  const present = (await store.present.find({ _id: { $in: ids } } as Filter<T>).toArray()) as T[];
  const before = new Map(present.map((one) => [one._id, one]));
  await keepAsPast(store, present);
  const taken = newer.map((document) => succeed(store, before.get(document._id), document));
  const { matchedCount } = await store.present.bulkWrite(
    taken.map((document) => ({
      replaceOne: {
        filter: versionOf(before.get(document._id) ?? document),
        replacement: withoutId(document),
      },
    })) as never,
    { ordered: false },
  );
  if (matchedCount < taken.length) for (const document of newer) await settle(store, document);
  return { taken, before };
}

/** One document's place among whatever others write meanwhile. */
async function settle<T extends Registered>(store: RegistrationStore<T>, document: T): Promise<void> {
  await compareAndSet('a record', async () => {
    const before = (await store.present.findOne({ _id: document._id } as Filter<T>)) as T | null;
    if (before === null) {
      const insert = () => store.present.insertOne(document as OptionalUnlessRequiredId<T>);
      return insertedFirst(insert);
    }
    if (before.registeredAt.getTime() === document.registeredAt.getTime()) return true;
    if (before.registeredAt > document.registeredAt) {
      await keepAsPast(store, [document]);
      return true;
    }
    await keepAsPast(store, [before]);
    const { matchedCount } = await store.present.replaceOne(
      versionOf(before) as Filter<T>,
      withoutId(succeed(store, before, document)),
    );
    return matchedCount === 1;
  });
}

function succeed<T extends Registered>(store: RegistrationStore<T>, before: T | undefined, after: T): T {
  return before ? { ...store.carry(before, after), rev: before.rev + 1 } : after;
}

/** @returns the filter for the very state that was read. */
export function versionOf({ _id, rev }: Pick<Registered, '_id' | 'rev'>): { _id: string; rev: number } {
  return { _id, rev };
}

/** @returns those that were not history already. */
async function keepAsPast<T extends Registered>(
  store: RegistrationStore<T>,
  documents: readonly T[],
): Promise<Set<T>> {
  if (documents.length === 0) return new Set();
  const prefix = store.present.collectionName;
  const { upsertedIds } = await store.history.bulkWrite(
    documents.map((state) => {
      const { _id: of, registeredAt } = state;
      const _id = `${prefix}:${of}@${registeredAt.toISOString()}`;
      return {
        updateOne: { filter: { _id }, update: { $setOnInsert: { of, registeredAt, state } }, upsert: true },
      };
    }),
  );
  return new Set(Object.keys(upsertedIds).map((index) => documents[Number(index)]!));
}

/** A deletion that arrived while the batch was stored wins over what is older than it. */
async function eraseRemovedMeanwhile<T extends Registered>(
  store: RegistrationStore<T>,
  ids: readonly string[],
  before: ReadonlyMap<string, RemovedRecord>,
): Promise<void> {
  for (const [id, { registeredAt }] of await removedOf(store, ids))
    if (before.get(id)?.registeredAt.getTime() !== registeredAt.getTime())
      await eraseUpTo(store, id, registeredAt);
}

/** Takes a record away with its history, as far as it was registered by a time. */
export async function eraseUpTo<T extends Registered>(
  store: RegistrationStore<T>,
  id: string,
  upTo: Date,
): Promise<void> {
  await store.present.deleteOne({ _id: id, registeredAt: { $lte: upTo } } as unknown as Filter<T>);
  const { collectionName } = store.present;
  const past = await store.history.find({ of: id, registeredAt: { $lte: upTo } }).toArray();
  const own = past.map(({ _id }) => _id).filter((one) => one.startsWith(`${collectionName}:`));
  if (own.length > 0) await store.history.deleteMany({ _id: { $in: own } });
}

function withoutId<T extends Registered>({ _id, ...rest }: T): Omit<T, '_id'> {
  return rest;
}
