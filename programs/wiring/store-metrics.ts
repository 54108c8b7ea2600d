import { type MongoClient, MongoServerError } from 'mongodb';
import { Gauge, type Registry } from 'prom-client';
import { within } from '../../gateway/transport/within.js';

/** MongoDB's code OutOfDiskSpace, by which the embedded store says that it takes no changes. */
const OUT_OF_DISK_SPACE = 14031;
/** A store that has not answered by then is left out of this scrape; readiness says that it does not answer. */
const PATIENCE_MS = 1500;

/**
 * Puts among the metrics whether the store is full: 1 as long as it takes no changes, 0 when it takes them again. It is asked at each
 * scrape, and tries a small write when the last one failed. MongoDB does not say it this way: there it is 0.
 */
export function watchStore(registry: Registry, client: MongoClient): void {
  new Gauge({
    name: 'overblik_store_full',
    help: 'Whether the embedded store takes no changes because the disk or STORE_MAX_MB is full (1) or takes them (0)',
    // Every worker asks the same store.
    aggregator: 'first',
    registers: [registry],
    async collect() {
      const full = await within<boolean | undefined>(PATIENCE_MS, isFull(client), () => undefined);
      if (full === undefined) this.remove();
      else this.set(full ? 1 : 0);
    },
  });
}

/** @returns undefined when the store does not answer */
async function isFull(client: MongoClient): Promise<boolean | undefined> {
  try {
    await client.db('admin').command({ ping: 1 });
    return false;
  } catch (error) {
    return error instanceof MongoServerError && error.code === OUT_OF_DISK_SPACE ? true : undefined;
  }
}
