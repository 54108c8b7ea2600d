import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/in-step/access-facts.js';
import { applyCaseFacts, type CaseCopies, markCaseFactsStale } from '../../shared/in-step/case-copies.js';
import { goneTies } from '../../shared/in-step/gone-ties.js';
import { Handovers } from '../../shared/in-step/handovers.js';
import type { RegistrationStore } from '../../shared/in-step/registered.js';
import { registrationTime } from '../../shared/in-step/registration-time.js';
import { remover, removeRecords } from '../../shared/in-step/remove-records.js';
import { storeRegistrations } from '../../shared/in-step/store-registrations.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { DocumentsPort } from '../../shared/ports/documents.js';
import type { TieInput } from '../../shared/ports/shapes.js';
import { documentFields } from '../../shared/records/document-records.js';
import { moveParties, partiesOf, partyIds, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { storedFields } from '../../shared/records/stored-fields.js';
import { type DocumentCollections, documentCollections } from '../source/collections.js';
import type { DocumentRecord } from '../source/records.js';

/** How records enter this subgraph; the only code that writes documents. */
export function documentsIngest(database: Db): DocumentsPort {
  const collections = documentCollections(database);
  const { documents, removed } = collections;
  const handovers = new Handovers(database);
  const store = documentStore(collections);
  const copies: CaseCopies<DocumentRecord> = {
    collection: documents,
    path: 'caseIds',
    projection: { caseIds: 1, caseFacts: 1 },
    casesOf: ({ caseIds }) => caseIds,
    factsOf: ({ caseFacts }) => caseFacts,
    withFacts: (caseFacts) => ({ caseFacts }),
  };
  return {
    ...commonIngest(database),
    finish: (handover) => handovers.finish(handover),
    unfinished: (before) => handovers.unfinished(before),
    async documents(records, parties) {
      const handover = await handovers.begin(records.map(({ id }) => id));
      const taken = records.map((record) => toDocument(record, parties));
      const { outcomes } = await storeRegistrations(store, taken);
      return { outcomes, handover };
    },
    removals: (records) => removeRecords(handovers, { document: remover(store) }, records),
    parties: (moved) => moveParties(documents, moved),
    caseFacts: (facts, aim) => applyCaseFacts(copies, facts, aim),
    markStale: (staleCases) => markCaseFactsStale(copies, staleCases),
    async standing(ids) {
      const found = await documents.find({ _id: { $in: [...ids] } }).toArray();
      const gone = await goneTies(removed, 'document', 'documents', ids);
      return { ties: [...gone, ...found.map(tieOf)], caseIds: found.flatMap(({ caseIds }) => caseIds) };
    },
  };
}

/** @returns where documents lie. */
export function documentStore({
  documents,
  history,
  removed,
}: DocumentCollections): RegistrationStore<DocumentRecord> {
  return { present: documents, history, removed, carry };
}

/** A new registration keeps the facts of the cases the document is still filed on. */
function carry(before: DocumentRecord, after: DocumentRecord): DocumentRecord {
  const caseFacts = before.caseFacts.filter(({ caseId }) => after.caseIds.includes(caseId));
  return { ...after, caseFacts };
}

/** What is filed on a case is tied through the case. */
function tieOf({ _id, parties, access, filedOnCase, ...time }: DocumentRecord): TieInput {
  const ties = filedOnCase ? [] : [{ kind: 'document' as const, ...access, parties: [] }];
  const keys = parties.map(({ key }) => key);
  return { kind: 'document', recordId: _id, ...registrationTime(time), keys, ties };
}

function toDocument(record: FeedRecordOf<'document'>, resolved: ResolvedParties): DocumentRecord {
  const { documentType: type, ...fields } = storedFields(record, documentFields);
  const parties = partiesOf(record.parties, resolved);
  const ids = partyIds(parties);
  return {
    _id: record.id,
    ...registrationTime(record),
    rev: 1,
    ...fields,
    type,
    parties,
    partyIds: ids,
    filedOnCase: fields.caseIds.length > 0,
    access: accessFacts(record, ids),
    // Facts follow once the document is stored, so that none is shown by facts its case has just lost.
    caseFacts: [],
  };
}
