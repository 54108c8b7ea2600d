import type { Collection, Db } from 'mongodb';
import {
  commonIngest,
  cprOfUrn,
  type CitizensIngest,
  type TieInput,
} from '../../shared/ingest/ingest-port.js';
import type { FeedRecordOf } from '../../shared/ingest/records.js';
import { storeRegistrations, type PastRegistration } from '../../shared/ingest/store-registrations.js';
import type { Tie } from '../../shared/policy/citizen-reach.js';
import { citizenCollections, type CitizenCollections } from '../source/collections.js';
import type { CitizenRecord, RemarkRecord, TieRecord } from '../source/records.js';
import { foldText, searchTokens } from '../source/search-text.js';

/** How records enter this subgraph; the only code that writes persons, remarks and ties. */
export function citizensIngest(database: Db): CitizensIngest {
  const collections = citizenCollections(database);
  const history = database.collection<PastRegistration>('history');
  const resolve = (cprs: readonly string[]) => resolvePersons(collections, cprs);
  return {
    ...commonIngest(database),
    resolve,
    async persons(records) {
      const inBatch = new Map(
        records.flatMap((record) => [record.cpr, ...record.formerCprs].map((cpr) => [cpr, record.id])),
      );
      const related = records.flatMap((record) => record.relations.map(({ person }) => cprOfUrn(person)));
      const known = await resolve(related.filter((cpr) => !inBatch.has(cpr)));
      const persons = new Map([...known, ...inBatch]);
      const ties = await tiesOf(
        collections.ties,
        records.map((record) => record.id),
      );
      const outcomes = await storeRegistrations(
        collections.citizens,
        history,
        records.map((record) => toCitizen(record, persons, ties.get(record.id) ?? [])),
      );
      await resolveWaitingRemarks(collections, inBatch);
      return outcomes;
    },
    remarks: (records, persons) =>
      storeRegistrations(
        collections.remarks,
        history,
        records.map((record) => toRemark(record, persons)),
      ),
    ties: (ties) => applyTies(collections, ties),
    async kinOf(ids) {
      const found = await collections.citizens
        .find({ _id: { $in: [...ids] } }, { projection: { relations: 1 } })
        .toArray();
      return found.map(({ _id, relations }) => ({
        citizenId: _id,
        kin: relations.map((relation) => relation.citizenId),
      }));
    },
  };
}

async function resolvePersons(
  { citizens }: CitizenCollections,
  cprs: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(cprs)];
  if (wanted.length === 0) return new Map();
  const found = await citizens.find({ cprKeys: { $in: wanted } }, { projection: { cprKeys: 1 } }).toArray();
  return new Map(found.flatMap((one) => one.cprKeys.map((cpr) => [cpr, one._id])));
}

function toCitizen(
  record: FeedRecordOf<'person'>,
  persons: ReadonlyMap<string, string>,
  ties: readonly Tie[],
): CitizenRecord {
  const {
    id,
    registeredAt,
    source,
    cpr,
    formerCprs,
    name,
    birthDate,
    sex,
    civilStatus,
    status,
    statusSince,
  } = record;
  const { addresses, protectedAddress } = record;
  const current = addresses.find((address) => address.to === null);
  return {
    _id: id,
    registeredAt,
    source,
    cpr,
    formerCprs,
    cprKeys: [cpr, ...formerCprs],
    name,
    nameTokens: searchTokens(name),
    birthDate,
    sex,
    civilStatus,
    status,
    statusSince,
    addresses,
    addressTokens: [...new Set(addresses.flatMap((address) => searchTokens(address.line)))],
    protectedAddress,
    homes: [...new Set(addresses.flatMap(({ municipalityCvr }) => municipalityCvr ?? []))],
    householdKey: current ? foldText(current.line) : null,
    relations: record.relations.flatMap(({ relation, person }) => {
      const citizenId = persons.get(cprOfUrn(person));
      return citizenId === undefined ? [] : [{ relation, citizenId }];
    }),
    ties,
  };
}

function toRemark(record: FeedRecordOf<'remark'>, persons: ReadonlyMap<string, string>): RemarkRecord {
  const { id, registeredAt, source, cvr, remarkType: type, text, validFrom, validTo } = record;
  const cpr = cprOfUrn(record.person);
  const citizenId = persons.get(cpr) ?? null;
  const personKey = citizenId === null ? cpr : null;
  return { _id: id, registeredAt, source, cvr, citizenId, personKey, type, text, validFrom, validTo };
}

/** Remarks that arrived before their person find him now. */
async function resolveWaitingRemarks(
  { remarks }: CitizenCollections,
  persons: ReadonlyMap<string, string>,
): Promise<void> {
  const waiting = await remarks.find({ personKey: { $in: [...persons.keys()] } }).toArray();
  if (waiting.length === 0) return;
  await remarks.bulkWrite(
    waiting.map(({ _id, personKey }) => ({
      updateOne: {
        filter: { _id, personKey },
        update: { $set: { citizenId: persons.get(personKey!)!, personKey: null } },
      },
    })),
  );
}

/** Stores which persons a record ties, then derives the distinct ties of everyone it tied before or ties now. */
async function applyTies({ citizens, ties }: CitizenCollections, inputs: readonly TieInput[]): Promise<void> {
  if (inputs.length === 0) return;
  const ids = inputs.map((input) => `${input.kind}:${input.recordId}`);
  const before = await ties.find({ _id: { $in: ids } }).toArray();
  const newer = inputs.filter((input, i) => {
    const known = before.find((record) => record._id === ids[i]);
    return known === undefined || known.registeredAt <= input.registeredAt;
  });
  if (newer.length === 0) return;
  await ties.bulkWrite(
    newer.map(({ kind, recordId, registeredAt, citizenIds, tie }) => ({
      replaceOne: {
        filter: { _id: `${kind}:${recordId}` },
        replacement: { registeredAt, citizenIds, tie },
        upsert: true,
      },
    })),
  );
  const touched = [...new Set([...before, ...newer].flatMap((record) => record.citizenIds))];
  // Parties nobody knows yet tie nobody; the store refuses an empty list of changes.
  if (touched.length === 0) return;
  const byCitizen = await tiesOf(ties, touched);
  await citizens.bulkWrite(
    touched.map((id) => ({
      updateOne: { filter: { _id: id }, update: { $set: { ties: byCitizen.get(id) ?? [] } } },
    })),
  );
}

async function tiesOf(
  ties: Collection<TieRecord>,
  citizenIds: readonly string[],
): Promise<Map<string, Tie[]>> {
  const found = await ties.find({ citizenIds: { $in: [...citizenIds] } }).toArray();
  const byCitizen = new Map<string, Map<string, Tie>>();
  for (const { citizenIds: tied, tie } of found) {
    for (const id of tied) {
      const distinct = byCitizen.get(id) ?? new Map<string, Tie>();
      byCitizen.set(id, distinct.set(JSON.stringify(tie), tie));
    }
  }
  return new Map([...byCitizen].map(([id, distinct]) => [id, [...distinct.values()]]));
}
