import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import type { Collection, Db } from 'mongodb';

/** How long a query has, and whether somebody waits for it. */
export interface RequestTime {
  /** When its time is over, by `performance.now`. */
  readonly deadline: number;
  /** Aborts when its caller has gone, or waits no longer. */
  readonly signal: AbortSignal | undefined;
}

const running = new AsyncLocalStorage<RequestTime>();

/** Runs a query; what it reads from collections of a `timedDatabase` ends with its time. @returns what the query gives */
export function inRequestTime<T>(time: RequestTime, query: () => T): T {
  // Each read that is under way listens, and a query may make many.
  if (time.signal) setMaxListeners(0, time.signal);
  return running.run(time, query);
}

/** Reads of a collection, and the place of their options. */
const READS = {
  find: 1,
  findOne: 1,
  countDocuments: 1,
  aggregate: 1,
  distinct: 2,
} as const;

/**
 * Gives every read that is made within `inRequestTime` what is left of the request's time as `maxTimeMS`, by which the store ends it, and
 * the request's signal, by which the driver gives it up. The driver's own `timeoutMS` has no effect in the version in use. Writes are left
 * alone: one that is broken off may have been made.
 * @returns the same database
 */
export function timedDatabase(database: Db): Db {
  const collection = database.collection.bind(database);
  Object.defineProperty(database, 'collection', {
    value: (...args: Parameters<typeof collection>) => timedCollection(collection(...args)),
  });
  return database;
}

function timedCollection(collection: Collection): Collection {
  for (const [name, place] of Object.entries(READS)) {
    const read: unknown = Reflect.get(collection, name);
    if (typeof read !== 'function') continue;
    const value = (...args: unknown[]): unknown => {
      const time = running.getStore();
      // cast: what stands in this place of a read are its options
      if (time) args[place] = { ...optionsOf(time), ...(args[place] as object | undefined) };
      return Reflect.apply(read, collection, args);
    };
    Object.defineProperty(collection, name, { value });
  }
  return collection;
}

function optionsOf({ deadline, signal }: RequestTime) {
  // None would mean as long as it takes.
  const maxTimeMS = Math.max(1, Math.floor(deadline - performance.now()));
  return { ...(Number.isFinite(maxTimeMS) && { maxTimeMS }), ...(signal && { signal }) };
}
