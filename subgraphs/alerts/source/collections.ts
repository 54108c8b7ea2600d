import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/in-step/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/in-step/registered.js';
import type {
  AlertGroupRecord,
  AlertRecord,
  EarlyMessageRecord,
  GroupVersionRecord,
  MessageRecord,
  ReminderRecord,
  SavedSearchRecord,
} from './records.js';

export interface AlertCollections {
  readonly alerts: Collection<AlertRecord>;
  readonly groups: Collection<AlertGroupRecord>;
  readonly groupVersions: Collection<GroupVersionRecord>;
  readonly messages: Collection<MessageRecord>;
  readonly early: Collection<EarlyMessageRecord>;
  readonly reminders: Collection<ReminderRecord>;
  readonly searches: Collection<SavedSearchRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
}

export function alertCollections(database: Db): AlertCollections {
  return {
    alerts: database.collection<AlertRecord>('alerts'),
    groups: database.collection<AlertGroupRecord>('groups'),
    groupVersions: database.collection<GroupVersionRecord>('groupVersions'),
    messages: database.collection<MessageRecord>('messages'),
    early: database.collection<EarlyMessageRecord>('early-messages'),
    reminders: database.collection<ReminderRecord>('reminders'),
    searches: database.collection<SavedSearchRecord>('searches'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
  };
}

const INBOX_ORDER = { state: 1, receivedAt: -1, _id: 1 } as const;

/** Creates the indexes; called at start. */
export async function ensureAlertIndexes(collections: AlertCollections): Promise<void> {
  const { alerts, groups, messages, early, reminders, searches } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(
    alerts,
    [
      { name: 'numbers', key: { 'parties.key': 1 } },
      { name: 'party-newest', key: { partyIds: 1, receivedAt: -1, _id: 1 } },
      { name: 'case', key: { caseId: 1 } },
      { name: 'changed', key: { changedAt: 1 } },
      { name: 'clean-up', key: { deleteAfter: 1 }, sparse: true },
      // An inbox is read in its order, whatever it is narrowed to or the caller's right is limited to.
      { name: 'inbox-newest', key: { 'access.ownerCvr': 1, ...INBOX_ORDER } },
      { name: 'inbox-unit', key: { 'access.ownerCvr': 1, 'access.unit': 1, ...INBOX_ORDER } },
      { name: 'inbox-kle', key: { 'access.ownerCvr': 1, 'access.kle': 1, ...INBOX_ORDER } },
      { name: 'inbox-group', key: { 'access.ownerCvr': 1, groupId: 1, ...INBOX_ORDER } },
      { name: 'inbox-own', key: { 'access.ownerCvr': 1, assignee: 1, ...INBOX_ORDER } },
      { name: 'inbox-event', key: { 'access.ownerCvr': 1, eventType: 1, ...INBOX_ORDER } },
    ],
    ['inbox', 'party'],
  );
  await ensureIndexes(groups, [{ name: 'authority', key: { cvr: 1, name: 1 } }]);
  await ensureIndexes(messages, [
    { name: 'age', key: { at: 1 } },
    { name: 'message', key: { messageId: 1 } },
  ]);
  await ensureIndexes(early, [{ name: 'age', key: { at: 1 } }]);
  await ensureIndexes(reminders, [{ name: 'own', key: { cvr: 1, subject: 1, done: 1, dueOn: 1 } }]);
  await ensureIndexes(searches, [{ name: 'authority', key: { cvr: 1, name: 1 } }]);
}
