import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/ingest/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/ingest/store-registrations.js';
import type { AlertRecord } from './records.js';

export interface AlertCollections {
  readonly alerts: Collection<AlertRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
}

export function alertCollections(database: Db): AlertCollections {
  return {
    alerts: database.collection<AlertRecord>('alerts'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureAlertIndexes(collections: AlertCollections): Promise<void> {
  const { alerts } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(alerts, [
    { name: 'numbers', key: { 'parties.key': 1 } },
    { name: 'party', key: { partyIds: 1, receivedAt: -1 } },
    { name: 'case', key: { caseId: 1 } },
  ]);
}
