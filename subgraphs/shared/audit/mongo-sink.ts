import { appendFile } from 'node:fs/promises';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { Checkpoint } from './checkpoint.js';
import type { AuditEntry } from './entry.js';
import type { KeyChange } from './key-list.js';
import type { AuditSink } from './writer.js';

const DUPLICATE_KEY = 11_000;
const MAJORITY = { writeConcern: { w: 'majority', journal: true } } as const;

export interface AuditCollections {
  readonly entries: Collection<AuditEntry>;
  readonly checkpoints: Collection<Checkpoint>;
  readonly keyChanges: Collection<KeyChange>;
}

/** @returns the collections of the audit database. */
export function auditCollections(database: Db): AuditCollections {
  return {
    entries: database.collection<AuditEntry>('entries'),
    checkpoints: database.collection<Checkpoint>('checkpoints'),
    keyChanges: database.collection<KeyChange>('key-changes'),
  };
}

/** The order in which the log is read. */
const NEWEST = { at: -1, _id: -1 } as const;

/** Creates the indexes of the audit database; done by the audit subgraph, the one process that reads it. */
export async function ensureAuditIndexes({
  entries,
  checkpoints,
  keyChanges,
}: AuditCollections): Promise<void> {
  await ensureIndexes(entries, [
    { name: 'chain', key: { writer: 1, cvr: 1, seq: 1 }, unique: true },
    { name: 'newest', key: { cvr: 1, at: -1, _id: -1 } },
    { name: 'citizen', key: { cvr: 1, citizenId: 1, ...NEWEST } },
    { name: 'user', key: { cvr: 1, user: 1, ...NEWEST } },
    { name: 'kind', key: { cvr: 1, event: 1, ...NEWEST } },
    { name: 'request', key: { requestId: 1 } },
    { name: 'look-up', key: { lookupId: 1 }, partialFilterExpression: { lookupId: { $gt: '' } } },
    // Nearly all entries are permits without an alarm: the others are found without an entry for each of those.
    {
      name: 'not-permitted',
      key: { cvr: 1, decision: 1, ...NEWEST },
      partialFilterExpression: { decision: { $in: ['REFUSE', 'FAILURE'] } },
    },
    { name: 'alarmed', key: { cvr: 1, ...NEWEST }, partialFilterExpression: { alarms: { $gt: '' } } },
  ]);
  await ensureIndexes(checkpoints, [{ name: 'writer', key: { writer: 1, no: 1 }, unique: true }]);
  await ensureIndexes(keyChanges, [{ name: 'next', key: { next: 1 } }]);
}

/**
 * The sink over MongoDB. Its connection may hold an insert-only credential (AUDIT_MONGODB_URI).
 * @param anchorFile file outside the database that keeps every checkpoint, or undefined
 */
export function mongoAuditSink(database: Db, anchorFile: string | undefined): AuditSink {
  const { entries, checkpoints } = auditCollections(database);
  let isLineOpen = true;
  return {
    async insertEntries(batch) {
      await entries.insertMany([...batch], { ordered: true, ...MAJORITY });
    },
    async insertCheckpoint(checkpoint) {
      try {
        await checkpoints.insertOne(checkpoint, MAJORITY);
      } catch (error) {
        // Nobody else writes under this writer's id: it is the same checkpoint, whose insert was not answered before.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
      }
    },
    async anchor(checkpoint) {
      if (anchorFile === undefined) return;
      // What was cut off before, by a power failure or a full disk, must not swallow this line.
      const line = `${isLineOpen ? '\n' : ''}${checkpoint.jws}\n`;
      isLineOpen = true;
      await appendFile(anchorFile, line, { mode: 0o600, flush: true });
      isLineOpen = false;
    },
  };
}
