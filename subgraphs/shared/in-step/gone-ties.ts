import type { Collection } from 'mongodb';
import type { TieKind } from '../policy/citizen-reach.js';
import type { TieInput } from '../ports/shapes.js';
import type { RemovedRecord } from './registered.js';
import { registrationTime } from './registration-time.js';

/** @returns that records which were taken away tie nobody any more. */
export async function goneTies(
  removed: Collection<RemovedRecord>,
  kind: TieKind,
  collectionName: string,
  ids: readonly string[],
): Promise<TieInput[]> {
  const prefix = `${collectionName}:`;
  const gone = await removed.find({ _id: { $in: ids.map((id) => `${prefix}${id}`) } }).toArray();
  return gone.map(({ _id, ...tombstone }) => ({
    kind,
    recordId: _id.slice(prefix.length),
    ...registrationTime(tombstone),
    keys: [],
    ties: [],
  }));
}
