import type { Collection, Db } from 'mongodb';

/** Up to which version something in a database has been renewed. */
export interface RenewalRecord {
  /** What is renewed. */
  readonly _id: string;
  readonly version: number;
}

/** @returns what has been renewed in a subgraph's database. */
export function renewalCollection(database: Db): Collection<RenewalRecord> {
  return database.collection<RenewalRecord>('renewals');
}

/**
 * Renews what an earlier version of the program has stored, once for each version. One that broke off is done again from the
 * beginning, so `renew` must leave alone what it has done already.
 * @returns what `renew` tells, or 0 when there was nothing to do
 */
export async function renewOnce(
  renewals: Collection<RenewalRecord>,
  name: string,
  version: number,
  renew: () => Promise<number>,
): Promise<number> {
  const done = await renewals.findOne({ _id: name });
  if (done && done.version >= version) return 0;
  const renewed = await renew();
  await renewals.updateOne({ _id: name }, { $max: { version } }, { upsert: true });
  return renewed;
}
