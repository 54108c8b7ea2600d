import type { OptionalUnlessRequiredId } from 'mongodb';
import { compareAndSet } from './compare-and-set.js';
import { insertedFirst } from './inserted-first.js';
import { filterOf, writesOf } from './of-any-record.js';
import {
  type Head,
  headsOf,
  type IngestOutcome,
  type Registered,
  type RegistrationStore,
  type RemovedRecord,
  sourceOf,
  versionOf,
} from './registered.js';
import { compareTimes, isLater, registrationTime, writtenTime } from './registration-time.js';
import { eraseRemovedMeanwhile, removedOf } from './remove-registrations.js';

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
  const newer = wanted.filter((document) => {
    const head = known.get(document._id);
    return head !== undefined && isLater(document, head);
  });
  await insertFresh(store, fresh);
  const { taken, before } = await takeOver(store, newer);
  const present = new Set<T>([...fresh, ...newer]);
  const late = documents.filter(
    (document) =>
      refused(document) === undefined &&
      !present.has(document) &&
      !isSameTime(document, known.get(document._id)) &&
      !isSameTime(document, among(present, newest.get(document._id))),
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

/** A source system changes its own records only, and what it has deleted does not come back by an older registration. */
function refusal(
  document: Registered,
  head: Head | undefined,
  removed: RemovedRecord | undefined,
): IngestOutcome | undefined {
  const source = sourceOf(document);
  if ((head && sourceOf(head) !== source) || (removed && removed.source !== source)) return 'foreign';
  return removed && !isLater(document, removed) ? 'superseded' : undefined;
}

function among<T>(taken: ReadonlySet<T>, registration: T | undefined): T | undefined {
  return registration !== undefined && taken.has(registration) ? registration : undefined;
}

/** The same registration again: recognised by its time, whatever else it says. */
function isSameTime(document: Registered, as: Head | undefined): boolean {
  return as !== undefined && compareTimes(document, as) === 0;
}

function newestById<T extends Registered>(documents: readonly T[]): Map<string, T> {
  const newest = new Map<string, T>();
  for (const document of documents) {
    const known = newest.get(document._id);
    if (!known || isLater(document, known)) newest.set(document._id, document);
  }
  return newest;
}

function insertable<T extends Registered>(document: T): OptionalUnlessRequiredId<T> {
  // cast: a record has an id of its own, and the driver's type asks no more of it
  return document as OptionalUnlessRequiredId<T>;
}

async function insertFresh<T extends Registered>(store: RegistrationStore<T>, fresh: T[]): Promise<void> {
  if (fresh.length === 0) return;
  const insert = () => store.present.insertMany(fresh.map(insertable), { ordered: false });
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
  const present = await store.present.find<T>(filterOf<T>({ _id: { $in: ids } })).toArray();
  const before = new Map(present.map((document) => [document._id, document]));
  await keepAsPast(store, present);
  const taken = newer.map((document) => succeed(store, before.get(document._id), document));
  const { matchedCount } = await store.present.bulkWrite(
    writesOf<T>(
      taken.map((document) => ({
        replaceOne: {
          filter: versionOf(before.get(document._id) ?? document),
          replacement: withoutId(document),
        },
      })),
    ),
    { ordered: false },
  );
  if (matchedCount < taken.length) for (const document of newer) await settle(store, document);
  return { taken, before };
}

/** One document's place among whatever others write meanwhile. */
async function settle<T extends Registered>(store: RegistrationStore<T>, document: T): Promise<void> {
  await compareAndSet('a record', async () => {
    const before = await store.present.findOne<T>(filterOf<T>({ _id: document._id }));
    if (before === null) {
      const insert = () => store.present.insertOne(insertable(document));
      return insertedFirst(insert);
    }
    if (compareTimes(before, document) === 0) return true;
    if (isLater(before, document)) {
      await keepAsPast(store, [document]);
      return true;
    }
    await keepAsPast(store, [before]);
    const { matchedCount } = await store.present.replaceOne(
      filterOf<T>(versionOf(before)),
      withoutId(succeed(store, before, document)),
    );
    return matchedCount === 1;
  });
}

function succeed<T extends Registered>(store: RegistrationStore<T>, before: T | undefined, after: T): T {
  return before ? { ...store.carry(before, after), rev: before.rev + 1 } : after;
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
      const { _id: of } = state;
      const _id = `${prefix}:${of}@${writtenTime(state)}`;
      const $setOnInsert = { of, ...registrationTime(state), state };
      return { updateOne: { filter: { _id }, update: { $setOnInsert }, upsert: true } };
    }),
  );
  return new Set(documents.filter((_document, place) => Object.hasOwn(upsertedIds, place)));
}

function withoutId<T extends Registered>({ _id, ...rest }: T): Omit<T, '_id'> {
  return rest;
}
