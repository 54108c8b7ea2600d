import type { Collection, Db } from 'mongodb';

/** Latest delivery of one source for one municipality, kept by each subgraph for its own records. */
export interface Freshness {
  /** `<source>|<municipality CVR>` */
  readonly _id: string;
  readonly lastDeliveryAt: Date;
  /** Records delivered since the beginning. */
  readonly records: number;
  /** How long the newest record of the last delivery had been registered when it arrived, in milliseconds. */
  readonly lagMs?: number;
  /** Deliveries the source has numbered and that have not arrived. */
  readonly gaps?: number;
}

/** One delivery, as it is noted. */
export interface DeliveryNote {
  readonly source: string;
  readonly cvr: string;
  readonly at: Date;
  readonly records: number;
  readonly lagMs?: number;
  readonly gaps?: number;
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
  { source, cvr, at, records, lagMs, gaps }: DeliveryNote,
): Promise<void> {
  const $set = { ...(lagMs !== undefined && { lagMs }), ...(gaps !== undefined && { gaps }) };
  await collection.updateOne(
    { _id: freshnessId(source, cvr) },
    {
      $max: { lastDeliveryAt: at },
      $inc: { records },
      ...(Object.keys($set).length > 0 && { $set }),
    },
    { upsert: true },
  );
}
