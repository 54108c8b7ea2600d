import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/in-step/access-facts.js';
import { applyCaseFacts, type CaseCopies, markCaseFactsStale } from '../../shared/in-step/case-copies.js';
import { goneTies } from '../../shared/in-step/gone-ties.js';
import { Handovers } from '../../shared/in-step/handovers.js';
import type { RegistrationStore } from '../../shared/in-step/registered.js';
import { registrationTime } from '../../shared/in-step/registration-time.js';
import { remover, removeRecords } from '../../shared/in-step/remove-records.js';
import { storeRegistrations } from '../../shared/in-step/store-registrations.js';
import type { AlertsPort } from '../../shared/ports/alerts.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { TieInput } from '../../shared/ports/shapes.js';
import { alertFields } from '../../shared/records/alert-records.js';
import { moveParties, partiesOf, partyIds, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { storedFields } from '../../shared/records/stored-fields.js';
import { type AlertCollections, alertCollections } from '../source/collections.js';
import type { AlertRecord } from '../source/records.js';
import { EventIntake } from './events-ingest.js';
import { callersConcerned } from './listening.js';

/** How records enter this subgraph; the only code that writes alerts delivered ready-made. */
export function alertsIngest(database: Db): AlertsPort {
  const collections = alertCollections(database);
  const { alerts, removed } = collections;
  const handovers = new Handovers(database);
  const intake = new EventIntake(collections, handovers);
  const store = alertStore(collections);
  const copies = alertCopies(database);
  return {
    ...commonIngest(database),
    finish: (handover) => handovers.finish(handover),
    unfinished: (before) => handovers.unfinished(before),
    async alerts(records, parties) {
      const handover = await handovers.begin(records.map(({ id }) => id));
      const taken = records.map((record) => toAlert(record, parties));
      const { outcomes } = await storeRegistrations(store, taken);
      return { outcomes, handover };
    },
    event: (event) => intake.take(event),
    handled: (cvr, messageId, at) => intake.handled(cvr, messageId, at),
    isHandled: (messageId) => intake.isHandled(messageId),
    keepEarly: (message) => intake.keepEarly(message),
    early: (after, limit) => intake.early(after, limit),
    settleEarly: (id) => intake.settleEarly(id),
    cleanUp: (now) => intake.cleanUp(now),
    concerned: (since, callers, today) => callersConcerned(collections, since, callers, today),
    removals: (records) => removeRecords(handovers, { alert: remover(store) }, records),
    parties: (moved) => moveParties(alerts, moved),
    caseFacts: (facts, aim) => applyCaseFacts(copies, facts, aim),
    markStale: (staleCases) => markCaseFactsStale(copies, staleCases),
    async standing(ids) {
      const found = await alerts.find({ _id: { $in: [...ids] } }).toArray();
      const gone = await goneTies(removed, 'alert', 'alerts', ids);
      return { ties: [...gone, ...found.map(tieOf)], caseIds: found.flatMap(({ caseId }) => caseId ?? []) };
    },
  };
}

/** @returns where alerts lie. */
export function alertStore({ alerts, history, removed }: AlertCollections): RegistrationStore<AlertRecord> {
  return { present: alerts, history, removed, carry };
}

/** @returns the alerts that keep copies of their cases' facts. */
function alertCopies(database: Db): CaseCopies<AlertRecord> {
  return {
    collection: alertCollections(database).alerts,
    path: 'caseId',
    projection: { caseId: 1, caseFacts: 1 },
    casesOf: ({ caseId }) => (caseId === null ? [] : [caseId]),
    factsOf: ({ caseFacts }) => (caseFacts === null ? [] : [caseFacts]),
    // What a case's facts open or close is a change of the inbox.
    withFacts: ([caseFacts]) => ({ caseFacts: caseFacts ?? null, changedAt: new Date() }),
  };
}

/** A new registration keeps the case's facts and what caseworkers have done with the alert. */
function carry(before: AlertRecord, after: AlertRecord): AlertRecord {
  const caseFacts = before.caseId === after.caseId ? before.caseFacts : null;
  const { state, assignee, completedAt, deleteAfter } = before;
  return { ...after, caseFacts, state, assignee, completedAt, deleteAfter };
}

/** An alert with a case is tied through the case. */
function tieOf({ _id, parties, access, hasCase, ...time }: AlertRecord): TieInput {
  const ties = hasCase ? [] : [{ kind: 'alert' as const, ...access, parties: [] }];
  const keys = parties.map(({ key }) => key);
  return { kind: 'alert', recordId: _id, ...registrationTime(time), keys, ties };
}

function toAlert(record: FeedRecordOf<'alert'>, resolved: ResolvedParties): AlertRecord {
  const { id, state, receivedAt, caseId } = record;
  const parties = partiesOf([record.party], resolved);
  const ids = partyIds(parties);
  return {
    _id: id,
    ...registrationTime(record),
    rev: 1,
    ...storedFields(record, alertFields),
    parties,
    partyIds: ids,
    hasCase: caseId !== null,
    groupId: null,
    receiver: null,
    assignee: null,
    completedAt: state === 'COMPLETED' ? receivedAt : null,
    changedAt: new Date(),
    groupName: null,
    deleteAfter: null,
    access: accessFacts(record, ids),
    caseFacts: null,
  };
}
