import type { Cursors } from '../cursors.js';
import type { Engine } from '../engine.js';
import { notImplemented, StoreError } from '../errors.js';
import { fieldOf } from '../own-field.js';
import type { Pace } from '../pace.js';
import { isPlainObject } from '../query-operators.js';
import type { SlowSearch } from '../slow-search.js';

export interface CommandContext {
  readonly engine: Engine;
  readonly cursors: Cursors;
  /** Milliseconds of its own work after which a search is slow. */
  readonly slowMs: number;
  /** Called for each search that was slow. */
  readonly onSlow: (slow: SlowSearch) => void;
}

export type Command = Readonly<Record<string, unknown>>;
/** A BSON document, already encoded or still an object. */
export type Answer = Record<string, unknown> | Uint8Array;
export type Handler = (context: CommandContext, command: Command, pace: Pace) => Answer | Promise<Answer>;

/** Fields any command may carry; they change nothing on a single server. */
const EVERYWHERE = new Set(
  '$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS apiVersion apiStrict'.split(
    ' ',
  ),
);

const TYPES = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  // MongoDB takes numbers for truth values as well.
  boolean: (value: unknown) => typeof value === 'boolean' || typeof value === 'number',
  document: isPlainObject,
  documents: (value: unknown) => Array.isArray(value) && value.every(isPlainObject),
  array: (value: unknown) => Array.isArray(value),
  any: () => true,
} as const;

/** The options of a command and of which type each is; the first names the command. */
export type Fields = Readonly<Record<string, keyof typeof TYPES>>;

/**
 * Refuses options that are not understood or of the wrong type, with MongoDB's codes, and anything that belongs to a
 * transaction. An option that is null is as one that is not there.
 */
export function assertFields(command: Command, known: Fields): void {
  const [name = ''] = Object.keys(known);
  for (const [field, value] of Object.entries(command)) {
    if (field === 'txnNumber' || field === 'startTransaction')
      throw new StoreError(
        'IllegalOperation',
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
    if (EVERYWHERE.has(field)) continue;
    const type = fieldOf(known, field);
    if (type === undefined && field === 'collation') throw notImplemented('a collation here');
    if (type === undefined)
      throw new StoreError(
        'UnknownField',
        `BSON field '${name}.${field}' is not supported by the embedded store`,
      );
    if (value !== null && value !== undefined && !TYPES[type](value))
      throw new StoreError('TypeMismatch', `BSON field '${name}.${field}' is the wrong type`);
  }
}

/** What a field holds that has been looked at. */
interface Held {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean | number;
  readonly document: Record<string, unknown>;
  readonly documents: readonly Record<string, unknown>[];
  readonly array: readonly unknown[];
  readonly any: unknown;
}

/** As `assertFields`; each of `required` must be there, too. */
export function assertStatement<const F extends Fields, const R extends keyof F & string>(
  statement: Command,
  known: F,
  required: readonly R[],
): asserts statement is Command & { readonly [K in R]: Held[F[K]] } {
  assertFields(statement, known);
  for (const field of required)
    if ((fieldOf(statement, field) ?? null) === null)
      throw new StoreError('MissingField', `BSON field '${field}' is missing but a required field`);
}

/** @returns `db.collection` of a command whose first field names the collection. */
export function namespaceOf(command: Command, field: string): string {
  const name = fieldOf(command, field);
  if (typeof name !== 'string' || name === '' || name.includes('$') || name.includes('\0'))
    throw new StoreError('BadValue', `invalid collection name`);
  return `${databaseOf(command)}.${name}`;
}

export function databaseOf(command: Command): string {
  const database = command['$db'];
  if (typeof database !== 'string' || !/^[A-Za-z0-9_-]{1,63}$/.test(database))
    throw new StoreError('BadValue', 'invalid database name');
  return database;
}
