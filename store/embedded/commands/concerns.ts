import { StoreError } from '../errors.js';
import { fieldOf } from '../own-field.js';
import { isPlainObject } from '../query-operators.js';
import type { Command } from './context.js';

/** What a single server answers as asked: everything it says is durable, so each of these gets at least what it wants. */
const READ_LEVELS = ['local', 'available', 'majority'];
const REPLICA_SET_LEVELS = ['linearizable', 'snapshot'];

/** Refuses a read or write concern that a single server cannot hold, with MongoDB's codes. */
export function assertConcerns(command: Command): void {
  const read = concernOf(command, 'readConcern');
  if (read['level'] !== undefined) assertReadLevel(read['level']);
  const write = concernOf(command, 'writeConcern');
  if (write['w'] !== undefined) assertAcknowledgement(write['w']);
}

function concernOf(command: Command, name: string): Command {
  const concern = fieldOf(command, name) ?? {};
  if (!isPlainObject(concern))
    throw new StoreError('TypeMismatch', `BSON field '${name}' is the wrong type, expected type 'object'`);
  return concern;
}

function assertReadLevel(level: unknown): void {
  if (REPLICA_SET_LEVELS.includes(String(level)))
    throw new StoreError('NotAReplicaSet', `node needs to be a replica set member to use this read concern`);
  if (!READ_LEVELS.includes(String(level)))
    throw new StoreError('BadValue', `the level of the read concern is not a valid one`);
}

function assertAcknowledgement(w: unknown): void {
  if (w === 'majority' || w === 0 || w === 1) return;
  if (typeof w === 'string')
    throw new StoreError('UnknownReplWriteConcern', 'no write concern mode of this name');
  throw new StoreError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

/** @returns milliseconds the command may take; undefined for as long as it takes. Throws TypeMismatch or BadValue. */
export function timeLimitOf(command: Command): number | undefined {
  const limit = fieldOf(command, 'maxTimeMS') ?? 0;
  if (typeof limit !== 'number') throw new StoreError('TypeMismatch', 'maxTimeMS must be a number');
  if (!Number.isInteger(limit) || limit < 0 || limit > 0x7fffffff)
    throw new StoreError('BadValue', 'maxTimeMS is out of range');
  return limit === 0 ? undefined : limit;
}
