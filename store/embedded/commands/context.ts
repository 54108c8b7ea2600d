import { StoreError } from '../errors.js';
import type { Engine } from '../engine.js';
import type { Cursors } from '../cursors.js';

export interface CommandContext {
  readonly engine: Engine;
  readonly cursors: Cursors;
}

export type Command = Readonly<Record<string, unknown>>;
/** A BSON document, already encoded or still an object. */
export type Answer = Record<string, unknown> | Uint8Array;
export type Handler = (context: CommandContext, command: Command) => Answer | Promise<Answer>;

/** Fields any command may carry; they change nothing on a single server. */
const EVERYWHERE = new Set(
  '$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS apiVersion apiStrict'.split(
    ' ',
  ),
);

/** Refuses options that are not understood, with MongoDB's code, and anything that belongs to a transaction. */
export function assertFields(command: Command, known: readonly string[]): void {
  for (const field of Object.keys(command)) {
    if (field === 'txnNumber' || field === 'startTransaction')
      throw new StoreError(
        'IllegalOperation',
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
    if (!known.includes(field) && !EVERYWHERE.has(field))
      throw new StoreError(
        'UnknownField',
        `BSON field '${known[0]}.${field}' is not supported by the embedded store`,
      );
  }
}

/** @returns `db.collection` of a command whose first field names the collection. */
export function namespaceOf(command: Command, field: string): string {
  const name = command[field];
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
