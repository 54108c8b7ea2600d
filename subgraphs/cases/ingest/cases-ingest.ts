import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/ingest/access-facts.js';
import {
  commonIngest,
  cprOfUrn,
  type CasesIngest,
  type ResolvedPersons,
} from '../../shared/ingest/ingest-port.js';
import type { FeedRecordOf } from '../../shared/ingest/records.js';
import { storeRegistrations, type PastRegistration } from '../../shared/ingest/store-registrations.js';
import { caseNumberKey } from '../source/case-number.js';
import { caseCollections } from '../source/collections.js';
import type { CaseRecord, NoteRecord } from '../source/records.js';

/** How records enter this subgraph; the only code that writes cases and notes. */
export function casesIngest(database: Db): CasesIngest {
  const { cases, notes } = caseCollections(database);
  const history = database.collection<PastRegistration>('history');
  return {
    ...commonIngest(database),
    cases: (records, persons) =>
      storeRegistrations(
        cases,
        history,
        records.map((record) => toCase(record, persons)),
      ),
    notes: (records) => storeRegistrations(notes, history, records.map(toNote)),
    async factsOf(caseIds) {
      const found = await cases.find({ _id: { $in: [...caseIds] } }, { projection: { access: 1 } }).toArray();
      return found.map((one) => ({ caseId: one._id, ...one.access }));
    },
  };
}

function toCase(record: FeedRecordOf<'case'>, persons: ResolvedPersons): CaseRecord {
  const { id, registeredAt, caseNumber, title, alternativeTitle, facet, subStatus, primaryHandler, history } =
    record;
  const parties = record.parties.map(({ role, person }) => ({
    role,
    citizenId: persons.get(cprOfUrn(person)) ?? null,
  }));
  const partyIds = [...new Set(parties.flatMap(({ citizenId }) => citizenId ?? []))];
  const last = history.at(-1)!;
  return {
    _id: id,
    registeredAt,
    caseNumber,
    caseNumberKey: caseNumberKey(caseNumber),
    title,
    alternativeTitle,
    facet,
    state: last.state,
    subStatus,
    history,
    primaryHandler,
    parties,
    partyIds,
    controlThemes: record.controlThemes,
    isControl: record.controlThemes.length > 0,
    droppedOn: record.controlDroppedOn,
    openedOn: history[0]!.on,
    closedOn: last.state === 'CLOSED' ? last.on : null,
    access: accessFacts(record, partyIds),
  };
}

function toNote({
  id,
  registeredAt,
  source,
  caseId,
  title,
  text,
  writtenOn,
}: FeedRecordOf<'note'>): NoteRecord {
  return { _id: id, registeredAt, source, caseId, title, text, writtenOn };
}
