import type { Collection } from 'mongodb';
import { filterOf } from './of-any-record.js';
import type { RegistrationTime } from './registration-time.js';

/** How one record was taken; `foreign` is not taken: another source system has the id. */
export type IngestOutcome = 'accepted' | 'duplicate' | 'superseded' | 'foreign';

/** A record's state from one registration. */
export interface Registered extends RegistrationTime {
  readonly _id: string;
  /** Raised by every write: whoever changes a record names the revision that was read. */
  readonly rev: number;
  /** Code of the source system, here or among the access facts. */
  readonly source?: string;
  readonly access?: { readonly source: string };
}

/** A registration that is not the present one: kept as history, changes nothing. */
export interface PastRegistration extends RegistrationTime {
  /** `<collection>:<id>@<registration time>` */
  readonly _id: string;
  readonly of: string;
  readonly state: unknown;
}

/** What is left of a record its source has deleted: registrations up to that time are not taken again. */
export interface RemovedRecord extends RegistrationTime {
  /** `<collection>:<id>` */
  readonly _id: string;
  readonly source: string;
}

/** Where records of one type lie. */
export interface RegistrationStore<T extends Registered> {
  readonly present: Collection<T>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
  /** @returns the new state with what this subgraph has derived itself and what outlives a registration. */
  readonly carry: (before: T, after: T) => T;
}

/** What is looked at of a present state before another takes its place. */
export type Head = RegistrationTime & Pick<Registered, '_id' | 'source' | 'access'>;

const HEAD = { registeredAt: 1, registeredNs: 1, source: 1, 'access.source': 1 } as const;

/** @returns the present states by id, as far as they are looked at first. */
export async function headsOf<T extends Registered>(
  collection: Collection<T>,
  ids: string[],
): Promise<Map<string, Head>> {
  const found = await collection
    .find<Head>(filterOf<T>({ _id: { $in: ids } }), { projection: HEAD })
    .toArray();
  return new Map(found.map((head) => [head._id, head]));
}

/** @returns the source system of a record. */
export function sourceOf({ source, access }: Pick<Registered, 'source' | 'access'>): string | undefined {
  return access?.source ?? source;
}

/** @returns the filter for the very state that was read. */
export function versionOf({ _id, rev }: Pick<Registered, '_id' | 'rev'>): { _id: string; rev: number } {
  return { _id, rev };
}
