import type { Collection } from 'mongodb';
import type { TieKind } from '../policy/citizen-reach.js';
import type { TieInput } from '../ports/ingest-port.js';
import type { RemovedRecord } from './store-registrations.js';

/** @returns that records which were taken away tie nobody any more. */
export async function goneTies(
  removed: Collection<RemovedRecord>,
  kind: TieKind,
  collectionName: string,
  ids: readonly string[],
): Promise<TieInput[]> {
  const prefix = `${collectionName}:`;
  const gone = await removed.find({ _id: { $in: ids.map((id) => `${prefix}${id}`) } }).toArray();
  return gone.map(({ _id, registeredAt }) => ({
    kind,
    recordId: _id.slice(prefix.length),
    registeredAt,
    keys: [],
    ties: [],
  }));
}
