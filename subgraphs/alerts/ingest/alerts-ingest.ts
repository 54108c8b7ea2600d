import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/ingest/access-facts.js';
import {
  commonIngest,
  cprOfUrn,
  type AlertsIngest,
  type ResolvedPersons,
} from '../../shared/ingest/ingest-port.js';
import type { FeedRecordOf } from '../../shared/ingest/records.js';
import { storeRegistrations, type PastRegistration } from '../../shared/ingest/store-registrations.js';
import type { CaseFacts } from '../../shared/policy/facts.js';
import { alertCollections } from '../source/collections.js';
import type { AlertRecord } from '../source/records.js';

/** How records enter this subgraph; the only code that writes alerts. */
export function alertsIngest(database: Db): AlertsIngest {
  const { alerts } = alertCollections(database);
  const history = database.collection<PastRegistration>('history');
  return {
    ...commonIngest(database),
    alerts: (records, persons, facts) =>
      storeRegistrations(
        alerts,
        history,
        records.map((record) => toAlert(record, persons, facts)),
      ),
    async caseFacts(facts) {
      for (const one of facts) await alerts.updateMany({ caseId: one.caseId }, { $set: { caseFacts: one } });
    },
  };
}

function toAlert(
  record: FeedRecordOf<'alert'>,
  persons: ResolvedPersons,
  facts: ReadonlyMap<string, CaseFacts>,
): AlertRecord {
  const { id, registeredAt, eventType, eventCode, title, state, receivedAt, caseId } = record;
  const citizenId = persons.get(cprOfUrn(record.party));
  const partyIds = citizenId === undefined ? [] : [citizenId];
  return {
    _id: id,
    registeredAt,
    eventType,
    eventCode,
    title,
    state,
    receivedAt,
    partyIds,
    caseId,
    hasCase: caseId !== null,
    access: accessFacts(record, partyIds),
    caseFacts: caseId === null ? null : (facts.get(caseId) ?? null),
  };
}
