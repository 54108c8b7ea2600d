import { appendFile } from 'node:fs/promises';
import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { Checkpoint } from './checkpoint.js';
import type { AuditEntry } from './entry.js';
import type { AuditSink } from './writer.js';

const MAJORITY = { writeConcern: { w: 'majority', journal: true } } as const;

export interface AuditCollections {
  readonly entries: Collection<AuditEntry>;
  readonly checkpoints: Collection<Checkpoint>;
}

/** @returns the collections of the audit database. */
export function auditCollections(database: Db): AuditCollections {
  return {
    entries: database.collection<AuditEntry>('entries'),
    checkpoints: database.collection<Checkpoint>('checkpoints'),
  };
}

/** Creates the indexes of the audit database; done by the audit subgraph, the one process that reads it. */
export async function ensureAuditIndexes({ entries, checkpoints }: AuditCollections): Promise<void> {
  await ensureIndexes(entries, [
    { name: 'chain', key: { writer: 1, cvr: 1, seq: 1 }, unique: true },
    { name: 'newest', key: { cvr: 1, at: -1, _id: -1 } },
    { name: 'citizen', key: { cvr: 1, citizenId: 1, at: -1, _id: -1 } },
  ]);
  await ensureIndexes(checkpoints, [{ name: 'writer', key: { writer: 1, no: 1 }, unique: true }]);
}

/**
 * The sink over MongoDB. Its connection may hold an insert-only credential (AUDIT_MONGODB_URI).
 * @param anchorFile file outside the database that keeps every checkpoint, or undefined
 */
export function mongoAuditSink(database: Db, anchorFile: string | undefined): AuditSink {
  const { entries, checkpoints } = auditCollections(database);
  return {
    async insertEntries(batch) {
      await entries.insertMany([...batch], { ordered: true, ...MAJORITY });
    },
    async insertCheckpoint(checkpoint) {
      await checkpoints.insertOne(checkpoint, MAJORITY);
    },
    async anchor(checkpoint) {
      if (anchorFile) await appendFile(anchorFile, `${checkpoint.jws}\n`, { mode: 0o600, flush: true });
    },
  };
}
