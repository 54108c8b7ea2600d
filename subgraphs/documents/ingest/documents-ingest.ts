import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/ingest/access-facts.js';
import {
  commonIngest,
  cprOfUrn,
  type DocumentsIngest,
  type ResolvedPersons,
} from '../../shared/ingest/ingest-port.js';
import type { FeedRecordOf } from '../../shared/ingest/records.js';
import { storeRegistrations, type PastRegistration } from '../../shared/ingest/store-registrations.js';
import type { CaseFacts } from '../../shared/policy/facts.js';
import { documentCollections } from '../source/collections.js';
import type { DocumentRecord } from '../source/records.js';

/** How records enter this subgraph; the only code that writes documents. */
export function documentsIngest(database: Db): DocumentsIngest {
  const { documents } = documentCollections(database);
  const history = database.collection<PastRegistration>('history');
  return {
    ...commonIngest(database),
    documents: (records, persons, facts) =>
      storeRegistrations(
        documents,
        history,
        records.map((record) => toDocument(record, persons, facts)),
      ),
    async caseFacts(facts) {
      const byId = new Map(facts.map((one) => [one.caseId, one]));
      const filed = await documents
        .find({ caseIds: { $in: [...byId.keys()] } }, { projection: { caseFacts: 1, caseIds: 1 } })
        .toArray();
      if (filed.length === 0) return;
      await documents.bulkWrite(
        filed.map((one) => {
          const known = new Map(one.caseFacts.map((fact) => [fact.caseId, fact]));
          for (const caseId of one.caseIds) if (byId.has(caseId)) known.set(caseId, byId.get(caseId)!);
          return {
            updateOne: { filter: { _id: one._id }, update: { $set: { caseFacts: [...known.values()] } } },
          };
        }),
      );
    },
  };
}

function toDocument(
  record: FeedRecordOf<'document'>,
  persons: ResolvedPersons,
  facts: ReadonlyMap<string, CaseFacts>,
): DocumentRecord {
  const { id, registeredAt, title, documentNumber, documentType: type, state, letterDate, caseIds } = record;
  const partyIds = [...new Set(record.parties.flatMap((urn) => persons.get(cprOfUrn(urn)) ?? []))];
  return {
    _id: id,
    registeredAt,
    title,
    documentNumber,
    type,
    state,
    letterDate,
    partyIds,
    caseIds,
    filedOnCase: caseIds.length > 0,
    access: accessFacts(record, partyIds),
    caseFacts: caseIds.flatMap((caseId) => facts.get(caseId) ?? []),
  };
}
