import type { Db } from 'mongodb';
import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import { Handovers } from '../../shared/in-step/handovers.js';
import { type RegistrationStore, versionOf } from '../../shared/in-step/registered.js';
import { remover, removeRecords } from '../../shared/in-step/remove-records.js';
import { type StoredBatch, storeRegistrations } from '../../shared/in-step/store-registrations.js';
import type { CitizensPort } from '../../shared/ports/citizens.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { KinFacts, TakenParties } from '../../shared/ports/shapes.js';
import { idAfter, type MovedParties, partyKey } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { type CitizenCollections, citizenCollections } from '../source/collections.js';
import { forgetOwnPersons } from '../source/own-person-source.js';
import type { CitizenRecord, CompanyRecord, RemarkRecord } from '../source/records.js';
import { resolveKeys } from './resolve-parties.js';
import { surroundingsOf } from './surroundings.js';
import { applyTies, deriveTies, moveTies } from './ties.js';
import { toCitizen, toCompany, toRemark } from './to-records.js';
import { withinReachWhenLifted } from './within-reach.js';

/** How records enter this subgraph; the only code that writes persons, companies and ties. */
export function citizensIngest(database: Db): CitizensPort {
  const collections = citizenCollections(database);
  const handovers = new Handovers(database);
  const stores = citizenStores(collections);
  const parts = { collections, handovers, stores };
  return {
    ...commonIngest(database),
    finish: (handover) => handovers.finish(handover),
    unfinished: (before) => handovers.unfinished(before),
    forgetOwnPersons: (now) => forgetOwnPersons(collections, now),
    resolve: (keys) => resolveKeys(collections, keys),
    liftable: (id, caller, today) => withinReachWhenLifted(collections, id, caller, today),
    async moved(keys) {
      const moved = await moveBy(collections, keys);
      await deriveTies(
        collections,
        [...moved.values()].flatMap((id) => id ?? []),
      );
      return moved;
    },
    persons: (records) => storePersons(parts, records),
    companies: (records) => storeCompanies(parts, records),
    async remarks(records) {
      const keys = records.map(({ person }) => partyKey(person));
      const resolved = await resolveKeys(collections, keys);
      const { outcomes } = await storeRegistrations(
        stores.remarkStore,
        records.map((record) => toRemark(record, resolved)),
      );
      return [...outcomes];
    },
    surroundings: (ids, today) => surroundingsOf(collections, ids, today),
    ties: (ties) => applyTies(collections, ties),
    kinOf: (ids) => kinOf(collections, ids),
    removals: (records) => removeParties(parts, records),
  };
}

interface Parts {
  readonly collections: CitizenCollections;
  readonly handovers: Handovers;
  readonly stores: ReturnType<typeof citizenStores>;
}

async function storePersons(
  { collections, handovers, stores }: Parts,
  records: readonly FeedRecordOf<'person'>[],
): Promise<TakenParties> {
  const own = records.flatMap(({ cpr, formerCprs }) => [cpr, ...formerCprs]);
  const handover = await handovers.begin(own);
  const related = records.flatMap(({ relations }) => relations.map(({ person }) => partyKey(person)));
  const resolved = await resolveKeys(collections, related);
  const stored = await storeRegistrations(
    stores.personStore,
    records.map((record) => toCitizen(record, resolved)),
  );
  const unresolved = related.filter((key) => !resolved.has(key));
  const moved = await moveBy(collections, [...own, ...lost(stored), ...unresolved]);
  // A person stored before the ties to the person were, or after: one of the two finds the other.
  await deriveTies(collections, await tiedAmong(collections, stored));
  return { outcomes: stored.outcomes, handover, moved };
}

async function storeCompanies(
  { collections, handovers, stores }: Parts,
  records: readonly FeedRecordOf<'company'>[],
): Promise<TakenParties> {
  const own = records.map(({ cvr }) => cvr);
  const handover = await handovers.begin(own);
  const { outcomes, before } = await storeRegistrations(stores.companyStore, records.map(toCompany));
  const former = [...before.values()].map(({ cvr }) => cvr);
  return { outcomes, handover, moved: await moveBy(collections, [...own, ...former]) };
}

async function removeParties(
  { collections, handovers, stores }: Parts,
  records: readonly FeedRecordOf<'removal'>[],
): Promise<TakenParties> {
  const ids = records.map(({ id }) => id);
  const keys = await numbersOf(collections, ids);
  const removers = { person: remover(stores.personStore), company: remover(stores.companyStore) };
  const taken = await removeRecords(handovers, removers, records);
  return { ...taken, moved: await moveBy(collections, keys) };
}

/** Leads what is kept under some numbers to whom they mean now. @returns whom that is; null for nobody */
async function moveBy(collections: CitizenCollections, keys: readonly string[]): Promise<MovedParties> {
  const resolved = await resolveKeys(collections, keys);
  const moved = new Map([...new Set(keys)].map((key) => [key, resolved.get(key) ?? null]));
  await moveOwn(collections, moved);
  return moved;
}

async function kinOf({ citizens }: CitizenCollections, ids: readonly string[]): Promise<KinFacts[]> {
  const found = await citizens.find({ _id: { $in: [...ids] } }, { projection: { relations: 1 } }).toArray();
  return found.map(({ _id, relations }) => ({
    citizenId: _id,
    kin: relations.flatMap((relation) => relation.id ?? []),
  }));
}

/** @returns where persons, companies and remarks lie. */
export function citizenStores({ citizens, companies, remarks, history, removed }: CitizenCollections): {
  readonly personStore: RegistrationStore<CitizenRecord>;
  readonly companyStore: RegistrationStore<CompanyRecord>;
  readonly remarkStore: RegistrationStore<RemarkRecord>;
} {
  return {
    personStore: {
      present: citizens,
      history,
      removed,
      carry: (before, after) => ({ ...after, ties: before.ties }),
    },
    companyStore: plain({ present: companies, history, removed }),
    remarkStore: plain({ present: remarks, history, removed }),
  };
}

function plain<T extends CompanyRecord | RemarkRecord>(
  parts: Omit<RegistrationStore<T>, 'carry'>,
): RegistrationStore<T> {
  return { ...parts, carry: (_before, after) => after };
}

/** Numbers that persons of a batch had before. */
function lost({ before }: StoredBatch<CitizenRecord>): string[] {
  return [...before.values()].flatMap(({ cprKeys }) => cprKeys);
}

/** @returns persons of a batch whom records stored before them tie. */
async function tiedAmong(
  { ties }: CitizenCollections,
  { taken, before }: StoredBatch<CitizenRecord>,
): Promise<string[]> {
  const fresh = taken.flatMap(({ _id }) => (before.has(_id) ? [] : [_id]));
  if (fresh.length === 0) return [];
  const found = await ties.find({ partyIds: { $in: fresh } }, { projection: { partyIds: 1 } }).toArray();
  const tied = new Set(found.flatMap(({ partyIds }) => partyIds));
  return fresh.filter((id) => tied.has(id));
}

async function numbersOf(
  { citizens, companies }: CitizenCollections,
  ids: readonly string[],
): Promise<string[]> {
  const filter = { _id: { $in: [...ids] } };
  const persons = await citizens.find(filter, { projection: { cprKeys: 1 } }).toArray();
  const firms = await companies.find(filter, { projection: { cvr: 1 } }).toArray();
  return [...persons.flatMap(({ cprKeys }) => cprKeys), ...firms.map(({ cvr }) => cvr)];
}

/** What this subgraph itself keeps under numbers: ties, relatives and remarks. */
async function moveOwn(collections: CitizenCollections, moved: MovedParties): Promise<void> {
  if (moved.size === 0) return;
  await moveTies(collections, moved);
  await moveRelatives(collections, moved);
  await moveRemarks(collections, moved);
}

async function moveRelatives({ citizens }: CitizenCollections, moved: MovedParties): Promise<void> {
  const filter = { 'relations.key': { $in: [...moved.keys()] } };
  await compareAndSet('persons and whom they are related to', async () => {
    const found = await citizens.find(filter, { projection: { relations: 1, rev: 1 } }).toArray();
    const changes = found.flatMap(({ _id, rev, relations }) => {
      const now = relations.map((relation) => ({
        ...relation,
        id: idAfter(moved, relation),
      }));
      if (now.every(({ id }, i) => id === relations[i]?.id)) return [];
      const update = { $set: { relations: now, rev: rev + 1 } };
      return [{ updateOne: { filter: versionOf({ _id, rev }), update } }];
    });
    if (changes.length === 0) return true;
    return (await citizens.bulkWrite(changes, { ordered: false })).matchedCount === changes.length;
  });
}

async function moveRemarks({ remarks }: CitizenCollections, moved: MovedParties): Promise<void> {
  const filter = { personKey: { $in: [...moved.keys()] } };
  await compareAndSet('remarks and whom they are about', async () => {
    const projection = { personKey: 1, citizenId: 1, rev: 1 };
    const found = await remarks.find(filter, { projection }).toArray();
    const changes = found.flatMap(({ _id, rev, personKey, citizenId }) => {
      const now = (personKey === null ? null : moved.get(personKey)) ?? null;
      if (now === citizenId) return [];
      const update = { $set: { citizenId: now, rev: rev + 1 } };
      return [{ updateOne: { filter: versionOf({ _id, rev }), update } }];
    });
    if (changes.length === 0) return true;
    return (await remarks.bulkWrite(changes, { ordered: false })).matchedCount === changes.length;
  });
}
