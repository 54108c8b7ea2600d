import { setMaxListeners } from 'node:events';
import { Collection } from 'mongodb';

/** How long a query has, and whether somebody waits for it. */
export interface RequestTime {
  /** When its time is over, by `performance.now`. */
  readonly deadline: number;
  /** Aborts when its caller has gone, or waits no longer. */
  readonly signal: AbortSignal | undefined;
}

/** Collections by name, as a subgraph's sources take them. */
type Collections<T> = { readonly [K in keyof T]: object };

/** @returns the same collections for one request: what it reads from them ends with its time */
export type RequestReads = <T extends Collections<T>>(collections: T) => T;

/** Reads of a collection, and the place of their options. */
const READS = {
  find: 1,
  findOne: 1,
  countDocuments: 1,
  aggregate: 1,
  distinct: 2,
} as const;

/** Where the view of a collection keeps the time of its request. */
const TIME = Symbol('time of a request');

/** A view of each collection whose reads look for the time of the request that they are made for. */
const views = new WeakMap<object, object>();

/**
 * Gives every read what is left of the request's time as `maxTimeMS`, by which the store ends it, and the request's signal, by which the
 * driver gives it up. The driver's own `timeoutMS` has no effect in the version in use. Writes are left alone: one that is broken off may
 * have been made.
 * @param time of a query; undefined for a change, which is never broken off
 */
export function withinRequest(time: RequestTime | undefined): RequestReads {
  if (!time) return (collections) => collections;
  // Each read that is under way listens, and a query may make many.
  if (time.signal) setMaxListeners(0, time.signal);
  return <T extends Collections<T>>(collections: T): T => {
    const timed = Object.entries<object>(collections).map(([name, collection]): [string, unknown] => [
      name,
      Object.create(viewOf(collection), { [TIME]: { value: time } }),
    ]);
    // cast: each collection has a view of its own type, under its own name
    return Object.fromEntries(timed) as T;
  };
}

function viewOf(collection: object): object {
  const known = views.get(collection);
  if (known) return known;
  if (!isCollection(collection)) throw new TypeError('what is read within a request is a collection');
  const reads: PropertyDescriptorMap = Object.fromEntries(
    Object.entries(READS).map(([name, place]) => [name, { value: readOf(collection, name, place) }]),
  );
  // cast: what Object.create makes is an object
  const view = Object.create(collection, reads) as object;
  views.set(collection, view);
  return view;
}

const isCollection = (value: object): boolean => value instanceof Collection;

function readOf(collection: object, name: string, place: number) {
  const read: unknown = Reflect.get(collection, name);
  if (typeof read !== 'function') throw new TypeError(`a collection has no ${name}`);
  return function (this: { readonly [TIME]: RequestTime }, ...args: unknown[]): unknown {
    // cast: what stands in this place of a read are its options
    args[place] = { ...optionsOf(this[TIME]), ...(args[place] as object | undefined) };
    return Reflect.apply(read, collection, args);
  };
}

function optionsOf({ deadline, signal }: RequestTime) {
  // None would mean as long as it takes.
  const maxTimeMS = Math.max(1, Math.floor(deadline - performance.now()));
  return { ...(Number.isFinite(maxTimeMS) && { maxTimeMS }), ...(signal && { signal }) };
}
