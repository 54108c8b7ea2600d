import type { Collection } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { PastRegistration } from './registered.js';

/** Indexes that every subgraph needs which takes records. */
export async function ensureIngestIndexes({
  history,
}: {
  readonly history: Collection<PastRegistration>;
}): Promise<void> {
  await ensureIndexes(history, [{ name: 'record', key: { of: 1, registeredAt: -1 } }]);
}
