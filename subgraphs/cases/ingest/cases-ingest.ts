import type { Db } from 'mongodb';
import { present } from '../../shared/certain/present.js';
import { accessFacts } from '../../shared/in-step/access-facts.js';
import { asOf, type StaleCase, timeOfFacts } from '../../shared/in-step/case-facts.js';
import { goneTies } from '../../shared/in-step/gone-ties.js';
import { Handovers } from '../../shared/in-step/handovers.js';
import type { RegistrationStore } from '../../shared/in-step/registered.js';
import { isLater, registrationTime } from '../../shared/in-step/registration-time.js';
import { remover, removeRecords } from '../../shared/in-step/remove-records.js';
import { storeRegistrations } from '../../shared/in-step/store-registrations.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type { CasesPort } from '../../shared/ports/cases.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { AnnouncedCases, CaseSides, StoredCases, TieInput } from '../../shared/ports/shapes.js';
import { caseFields, noteFields } from '../../shared/records/case-records.js';
import { moveParties, partyIds, partyKey, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { storedFields } from '../../shared/records/stored-fields.js';
import { caseNumberKey } from '../source/case-number.js';
import { type CaseCollections, caseCollections } from '../source/collections.js';
import type { CaseRecord, NoteRecord } from '../source/records.js';
import { notePort } from './handed-notes.js';

/** How records enter this subgraph; the only code that writes cases and notes. */
export function casesIngest(database: Db): CasesPort {
  const collections = caseCollections(database);
  const { cases } = collections;
  const handovers = new Handovers(database);
  const parts = { collections, handovers };
  const { caseStore, noteStore } = caseStores(collections);
  return {
    ...commonIngest(database),
    ...notePort(collections),
    finish: (handover) => handovers.finish(handover),
    unfinished: (before) => handovers.unfinished(before),
    async take(records, parties) {
      const announced = await announce(parts, records, parties);
      const stored = announced.staleCases.length > 0 ? null : await storeCases(caseStore, records, parties);
      return { ...announced, stored };
    },
    cases: (records, parties) => storeCases(caseStore, records, parties),
    announceRemovals: (removals) => announce(parts, removals, new Map()),
    async notes(records) {
      const { outcomes } = await storeRegistrations(noteStore, records.map(toNote));
      return [...outcomes];
    },
    removals: (records) =>
      removeRecords(handovers, { case: remover(caseStore), note: remover(noteStore) }, records),
    parties: (moved) => moveParties(cases, moved),
    async ofParties(keys) {
      const found = await cases
        .find({ 'parties.key': { $in: [...keys] } }, { projection: { _id: 1 } })
        .toArray();
      return found.map(({ _id }) => _id);
    },
    factsOf: (ids) => presentFacts(collections, ids),
    sides: (by) => findSides(collections, by),
    standing: (ids) => standingCases(collections, ids),
  };
}

async function announce(
  { collections, handovers }: { readonly collections: CaseCollections; readonly handovers: Handovers },
  records: readonly FeedRecordOf<'case' | 'removal'>[],
  resolved: ResolvedParties,
): Promise<AnnouncedCases> {
  const handover = await handovers.begin(records.map(({ id }) => id));
  return { handover, staleCases: await staleCasesOf(collections, records, resolved, handover) };
}

async function storeCases(
  store: RegistrationStore<CaseRecord>,
  records: readonly FeedRecordOf<'case'>[],
  parties: ResolvedParties,
): Promise<StoredCases> {
  const { outcomes, taken } = await storeRegistrations(
    store,
    records.map((record) => toCase(record, parties)),
  );
  return { outcomes, facts: taken.map(factsOfCase) };
}

/** Most cases of one secondary party that an event of the party concerns. */
const MAX_SIDES = 50;

async function findSides(
  { cases }: CaseCollections,
  by: Parameters<CasesPort['sides']>[0],
): Promise<CaseSides[]> {
  const filter =
    'caseId' in by
      ? { _id: by.caseId }
      : { parties: { $elemMatch: { id: by.secondary, role: 'SECONDARY' as const } } };
  const indexed = 'secondary' in by ? { partyIds: by.secondary } : {};
  const found = await cases
    .find({ $and: [indexed, filter] }, { projection: { parties: 1 } })
    .limit(MAX_SIDES)
    .toArray();
  return found.map(sidesOf);
}

async function standingCases(
  { cases, removed }: CaseCollections,
  ids: readonly string[],
): ReturnType<CasesPort['standing']> {
  const found = await cases.find({ _id: { $in: [...ids] } }).toArray();
  const goneNow = await goneTies(removed, 'case', 'cases', ids);
  const gone = goneNow.map((tie) => ({ caseId: tie.recordId, ...asOf(tie), by: null }));
  return { ties: [...goneNow, ...found.map(tieOf)], caseIds: found.map(({ _id }) => _id), gone };
}

/** @returns where cases and notes lie. */
export function caseStores({ cases, notes, history, removed }: CaseCollections): {
  readonly caseStore: RegistrationStore<CaseRecord>;
  readonly noteStore: RegistrationStore<NoteRecord>;
} {
  return {
    caseStore: { present: cases, history, removed, carry: (_, after) => after },
    noteStore: { present: notes, history, removed, carry: (_, after) => after },
  };
}

function sidesOf({ _id, parties }: CaseRecord): CaseSides {
  const side = (...roles: string[]) =>
    parties.flatMap(({ role, id }) => (id !== null && roles.includes(role) ? [id] : []));
  return {
    caseId: _id,
    awaitsParty: parties.some(({ id }) => id === null),
    primary: side('PRIMARY', 'BENEFIT_RECIPIENT'),
    secondary: side('SECONDARY'),
  };
}

async function presentFacts({ cases }: CaseCollections, ids: readonly string[]): Promise<CaseFacts[]> {
  const projection = { access: 1, registeredAt: 1, registeredNs: 1, rev: 1 };
  const found = await cases.find({ _id: { $in: [...ids] } }, { projection }).toArray();
  return found.map(factsOfCase);
}

function factsOfCase({ _id, access, rev, ...time }: CaseRecord): CaseFacts {
  return { caseId: _id, ...access, ...asOf(time), rev };
}

/** Cases whose copies would show by facts the case no longer has once the batch is stored. */
async function staleCasesOf(
  collections: CaseCollections,
  records: readonly FeedRecordOf<'case' | 'removal'>[],
  resolved: ResolvedParties,
  by: string,
): Promise<StaleCase[]> {
  const ids = records.map(({ id }) => id);
  const known = new Map((await presentFacts(collections, ids)).map((facts) => [facts.caseId, facts]));
  return records.flatMap((record) => {
    const stale = { caseId: record.id, ...asOf(record), by };
    const facts = known.get(record.id);
    // What another source system says of a case is not taken, and hides nothing.
    if (facts && facts.source !== record.source) return [];
    if (record.type === 'removal') return record.of === 'case' ? [stale] : [];
    if (!facts || !isLater(record, timeOfFacts(facts))) return [];
    return comparable(facts) === comparable(toCase(record, resolved).access) ? [] : [stale];
  });
}

function comparable(facts: AccessFacts): string {
  const { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, parties, source, validFrom, validTo } =
    facts;
  return JSON.stringify([
    ownerCvr,
    kle,
    sensitivity,
    unit,
    profile,
    hiddenFrom,
    [...parties].sort(),
    source,
    validFrom ?? null,
    validTo ?? null,
  ]);
}

/** @returns which facts a case ties its parties to. */
function tieOf({ _id, parties, access, ...time }: CaseRecord): TieInput {
  const keys = parties.map(({ key }) => key);
  const ties = [{ kind: 'case' as const, ...access, parties: [] }];
  return { kind: 'case', recordId: _id, ...registrationTime(time), keys, ties };
}

function toCase(record: FeedRecordOf<'case'>, resolved: ResolvedParties): CaseRecord {
  const { id, caseNumber, history, controlThemes } = record;
  const parties = record.parties.map(({ role, person }) => {
    const key = partyKey(person);
    return { role, key, id: resolved.get(key) ?? null };
  });
  const ids = partyIds(parties);
  const last = present(history.at(-1), 'the last state of a case');
  return {
    _id: id,
    ...registrationTime(record),
    rev: 1,
    ...storedFields(record, caseFields),
    caseNumberKey: caseNumberKey(caseNumber),
    state: last.state,
    parties,
    partyIds: ids,
    isControl: controlThemes.length > 0,
    droppedOn: record.controlDroppedOn,
    openedOn: present(history[0], 'the first state of a case').on,
    closedOn: last.state === 'CLOSED' ? last.on : null,
    access: accessFacts(record, ids),
  };
}

function toNote(record: FeedRecordOf<'note'>): NoteRecord {
  const { id, source } = record;
  return { _id: id, ...registrationTime(record), rev: 1, source, ...storedFields(record, noteFields) };
}
