import { isDeepStrictEqual } from 'node:util';
import type { Collection, Db } from 'mongodb';
import { isJsonObject } from '../certain/json-object.js';
import { present } from '../certain/present.js';
import { ownValue } from '../names/own-value.js';
import { referenceCollection } from '../reference/reference-copy.js';
import { lowerCaseUuids, readUuid } from '../scalars/uuid.js';
import { Handovers } from './handovers.js';
import { insertedFirst } from './inserted-first.js';
import {
  type PastRegistration,
  type Registered,
  type RegistrationStore,
  type RemovedRecord,
  sourceOf,
} from './registered.js';
import { isLater, type RegistrationTime } from './registration-time.js';
import { eraseUpTo } from './remove-registrations.js';
import { renewalCollection, renewOnce } from './renewals.js';
import { storeRegistrations } from './store-registrations.js';

const VERSION = 1;
const BATCH = 500;

/** A stored document, whatever it is. */
export type Stored = Readonly<Record<string, unknown>> & { readonly _id: string };

/** How documents of one collection are brought to their new ids. */
export interface IdKeeper {
  readonly collection: Collection<Stored>;
  /** Puts a document whose id was spelled otherwise where it belongs; its old place is cleared afterwards. */
  readonly move: (document: Stored) => Promise<void>;
  /** @returns a document whose ids have been respelled without what it now holds twice. */
  readonly tidy?: (document: Stored) => Stored;
}

/** Registrations, their history and what is left of those removed. */
export interface RecordKeeper {
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
  /** @returns how many records were changed */
  readonly renew: (handovers: Handovers) => Promise<number>;
}

interface RecordKeeping<T extends Registered> {
  /** @returns the keys of the hand-over that leads others to what has changed. */
  readonly handOver: (changed: readonly T[]) => readonly string[];
  /** @returns a record whose ids have been respelled without what it now holds twice. */
  readonly tidy?: (record: T) => T;
}

/**
 * Spells every UUID in a subgraph's database in lower case, once: earlier versions kept them as they were sent, and compared them
 * letter by letter. Of two spellings of one record the newest registration holds and the other becomes history; a removal
 * that met the other spelling is made good. Copies elsewhere follow by hand-overs.
 * @param keepers collections beside the registrations
 * @returns how many documents were changed
 */
export function lowerCaseIds(
  database: Db,
  records: readonly RecordKeeper[],
  keepers: readonly IdKeeper[],
): Promise<number> {
  const handovers = new Handovers(database);
  const references = keepNewest(referenceCollection(database));
  return renewOnce(renewalCollection(database), 'lower-case-ids', VERSION, async () => {
    let changed = 0;
    for (const keeper of [...pastKeepers(records), references, ...keepers]) changed += await renewAll(keeper);
    for (const { renew } of records) changed += await renew(handovers);
    return changed;
  });
}

/** @returns a collection whose documents are looked at as they lie, not as what they are. */
function stored(collection: object): Collection<Stored> {
  // cast: a collection is of whatever one takes its documents for
  return collection as Collection<Stored>;
}

/** @returns documents of a store as the records they are. */
function recordsOf<T extends Registered>(
  _store: RegistrationStore<T>,
  documents: readonly unknown[],
): readonly T[] {
  // cast: they come out of the collection of these records
  return documents as readonly T[];
}

/** @returns how registrations of one type are brought to their new ids. */
export function keepRecords<T extends Registered>(
  store: RegistrationStore<T>,
  keeping: RecordKeeping<T>,
): RecordKeeper {
  const { history, removed } = store;
  return { history, removed, renew: (handovers) => renewRecords(store, keeping, handovers) };
}

/** Keeps documents of which the newest registration holds. */
export function keepNewest<T extends { _id: string }>(collection: Collection<T>): IdKeeper {
  return keepJoined(collection, (known, other) => (timeOf(other) > timeOf(known) ? other : known));
}

/** Keeps documents of which the one that bears its id in lower case already holds. */
export function keepKnown<T extends { _id: string }>(collection: Collection<T>): IdKeeper {
  return keepJoined(collection, (known) => known);
}

/** Keeps documents of which two with one id are joined. */
export function keepJoined<T extends { _id: string }>(
  given: Collection<T>,
  join: (known: Stored, other: Stored) => Stored,
): IdKeeper {
  const collection = stored(given);
  return {
    collection,
    async move(document) {
      if (await insertedFirst(() => collection.insertOne(document))) return;
      const known = await collection.findOne({ _id: document._id });
      if (!known) return;
      const { _id, ...replacement } = join(known, document);
      await collection.replaceOne({ _id }, replacement);
    },
  };
}

function timeOf({ registeredAt }: Stored): number {
  return registeredAt instanceof Date ? registeredAt.getTime() : 0;
}

/** History and tombstones lie in one collection for all records of a subgraph. */
function pastKeepers(records: readonly RecordKeeper[]): IdKeeper[] {
  const histories = new Set<Collection<PastRegistration>>(records.map(({ history }) => history));
  const tombstones = new Set<Collection<RemovedRecord>>(records.map(({ removed }) => removed));
  return [
    ...[...histories].map((history) => keepKnown(history)),
    ...[...tombstones].map((tombstone) => keepNewest(tombstone)),
  ];
}

function moveRecord<T extends Registered>(store: RegistrationStore<T>): IdKeeper['move'] {
  return async (document) => {
    const records = recordsOf(store, [document]);
    const [record] = records;
    // Another source's removal of the other spelling took nothing away, and is no reason to lose the record.
    const _id = `${store.present.collectionName}:${document._id}`;
    const source = present(record && sourceOf(record), 'the source of a record');
    await store.removed.deleteOne({ _id, source: { $ne: source } });
    await storeRegistrations(store, records);
  };
}

function tidied<T extends Registered>(
  store: RegistrationStore<T>,
  document: Stored,
  tidy: (record: T) => T,
): Stored {
  const [now] = recordsOf(store, [document]).map(tidy);
  return { ...Object.fromEntries(Object.entries(now ?? {})), _id: document._id };
}

/** What is about to change is noted before and passed on after, so that no crash leaves a copy behind. */
async function renewRecords<T extends Registered>(
  store: RegistrationStore<T>,
  { handOver, tidy }: RecordKeeping<T>,
  handovers: Handovers,
): Promise<number> {
  const keeper: IdKeeper = {
    collection: stored(store.present),
    move: moveRecord(store),
    ...(tidy && { tidy: (document) => tidied(store, document, tidy) }),
  };
  return renewAll(keeper, async (documents, renewed, write) => {
    const gone = await removedAmong(store, recordsOf(store, documents));
    const keys = handOver([...recordsOf(store, renewed), ...gone.map(({ record }) => record)]);
    const handover = keys.length > 0 ? await handovers.begin(keys) : undefined;
    await write();
    for (const { record, upTo } of gone) await eraseUpTo(store, record._id, upTo);
    if (handover === undefined) return;
    // As old as can be: taken for left behind, and so finished by the next run of the housekeeping.
    await handovers.begin(keys, new Date(0));
    await handovers.finish(handover);
  });
}

/** @returns records that were removed under another spelling, by their own source. */
async function removedAmong<T extends Registered>(
  store: RegistrationStore<T>,
  records: readonly T[],
): Promise<{ readonly record: T; readonly upTo: RegistrationTime }[]> {
  const byTombstone = new Map(
    records.map((record) => [`${store.present.collectionName}:${record._id}`, record]),
  );
  const found = await store.removed.find({ _id: { $in: [...byTombstone.keys()] } }).toArray();
  return found.flatMap((tombstone) => {
    const record = present(byTombstone.get(tombstone._id), 'the record of what is left of it');
    const isGone = tombstone.source === sourceOf(record) && !isLater(record, tombstone);
    return isGone ? [{ record, upTo: tombstone }] : [];
  });
}

type OnBatch = (
  documents: readonly Stored[],
  renewed: readonly Stored[],
  write: () => Promise<void>,
) => Promise<void>;

/** Goes through a collection in the order of its ids. @returns how many documents were changed */
async function renewAll(
  keeper: IdKeeper,
  onBatch: OnBatch = (_all, _new, write) => write(),
): Promise<number> {
  let changed = 0;
  for (let after = ''; ;) {
    const documents = await keeper.collection
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const last = documents.at(-1);
    if (last === undefined) return changed;
    const all = documents.map((before) => ({ before, now: renewedBy(keeper, before) }));
    const renewed = all.filter(({ before, now }) => now !== before);
    await onBatch(
      all.map(({ now }) => now),
      renewed.map(({ now }) => now),
      async () => {
        for (const { before, now } of renewed) await write(keeper, before, now);
      },
    );
    changed += renewed.length;
    after = last._id;
  }
}

function renewedBy({ tidy = (document) => document }: IdKeeper, before: Stored): Stored {
  const now = inLowerCase(before);
  return isDeepStrictEqual(now, before) ? before : tidy(now);
}

async function write({ collection, move }: IdKeeper, before: Stored, now: Stored): Promise<void> {
  if (now._id === before._id) return setFields(collection, before, now);
  await move(now);
  await collection.deleteOne({ _id: before._id });
}

/** Whoever has written the document meanwhile has spelled its ids as they are kept. */
async function setFields(collection: Collection<Stored>, before: Stored, now: Stored): Promise<void> {
  const fields = Object.entries(now).filter(
    ([name, value]) => !isDeepStrictEqual(value, ownValue(before, name)),
  );
  const rev = typeof before['rev'] === 'number' ? before['rev'] : undefined;
  await collection.updateOne(
    { _id: before._id, ...(rev !== undefined && { rev }) },
    { $set: { ...Object.fromEntries(fields), ...(rev !== undefined && { rev: rev + 1 }) } },
  );
}

/** What people have written, and what an identity provider names its own things by: left as it is. */
const LEFT = new Set([
  'title',
  'alternativeTitle',
  'text',
  'name',
  'line',
  'reason',
  'refusal',
  'note',
  'why',
  'description',
  'caseNumber',
  'caseNumberKey',
  'documentNumber',
  'from',
]);

function inLowerCase(document: Stored): Stored {
  // An id may hold several: `<CVR>|<user>|<person>`.
  const _id = lowerCaseUuids(document._id);
  const now = lowered(document);
  if (!isJsonObject(now)) throw new TypeError('a document that is no object');
  return { ...now, _id };
}

function lowered(value: unknown): unknown {
  if (typeof value === 'string') return readUuid(value) ?? value;
  if (Array.isArray(value)) {
    const now = value.map(lowered);
    // Two spellings of one id in a list are one.
    return now.some((part, i) => typeof part === 'string' && part !== value[i]) ? [...new Set(now)] : now;
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, LEFT.has(name) ? inner : lowered(inner)]),
  );
}
