import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { AlertRecord } from './records.js';

export interface AlertCollections {
  readonly alerts: Collection<AlertRecord>;
}

export function alertCollections(database: Db): AlertCollections {
  return { alerts: database.collection<AlertRecord>('alerts') };
}

/** Creates the indexes; called at start. */
export async function ensureAlertIndexes({ alerts }: AlertCollections): Promise<void> {
  await ensureIndexes(alerts, [
    { name: 'party', key: { partyIds: 1, receivedAt: -1 } },
    { name: 'case', key: { caseId: 1 } },
  ]);
}
