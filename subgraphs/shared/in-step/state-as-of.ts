import type { Collection } from 'mongodb';
import type { PastRegistration, Registered } from './registered.js';

/**
 * @param collection name of the collection the present state lies in; a subgraph keeps the history of all in one
 * @returns a record as the newest registration by a time had it; null when nothing was registered by then
 */
export async function stateAsOf<T extends Registered>(
  history: Collection<PastRegistration>,
  collection: string,
  present: T,
  at: Date,
): Promise<T | null> {
  if (present.registeredAt <= at) return present;
  const found = await history
    .find({ of: present._id, registeredAt: { $lte: at } })
    .sort({ registeredAt: -1, registeredNs: -1 })
    .toArray();
  // cast: the history of a collection holds states of its records
  return (found.find(({ _id }) => _id.startsWith(`${collection}:`))?.state as T | undefined) ?? null;
}

/** @returns those who were party then or are now: whoever a mark hides a record from is hidden from it at any time. */
export function partiesOfBoth(past: readonly string[], present: readonly string[]): string[] {
  return [...new Set([...past, ...present])];
}
