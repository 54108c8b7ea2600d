import type { Collection, Db } from 'mongodb';

/** Latest delivery of one source for one municipality, kept by each subgraph for its own records (design.md §3). */
export interface Freshness {
  /** `<source>|<municipality CVR>` */
  readonly _id: string;
  readonly lastDeliveryAt: Date;
  readonly records: number;
}

/** @returns the freshness collection of a subgraph's database. */
export function freshnessCollection(database: Db): Collection<Freshness> {
  return database.collection<Freshness>('freshness');
}

/** @returns the id of a freshness record. */
export function freshnessId(source: string, cvr: string): string {
  return `${source}|${cvr}`;
}

/** Notes a delivery; an older one never takes the place of a newer one. */
export async function noteDelivery(
  collection: Collection<Freshness>,
  source: string,
  cvr: string,
  at: Date,
  records: number,
): Promise<void> {
  await collection.updateOne(
    { _id: freshnessId(source, cvr) },
    { $max: { lastDeliveryAt: at }, $inc: { records } },
    { upsert: true },
  );
}
