import { anchorLength, type AnchorReport, compareAnchors } from './anchors.js';
import { type ChainReport, ChainWalk, type Vouched } from './chain-walk.js';
import {
  type Checkpoint,
  checkpointReader,
  type CheckpointStatement,
  hashCheckpoint,
  type ReadCheckpoint,
} from './checkpoint.js';
import type { AuditFault } from './faults.js';
import { readKeyList, type TrustedKey } from './key-list.js';
import type { AuditCollections } from './mongo-sink.js';

/** Entries after the last checkpoint: whole as a chain, but not yet vouched for. */
export interface UnprovenTail {
  readonly writer: string;
  readonly cvr: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface VerifyReport {
  readonly writers: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** Checkpoints in the file outside the database; null when none is kept. */
  readonly anchors: number | null;
  /** The keys checkpoints may be signed with. */
  readonly keys: readonly TrustedKey[];
  readonly faults: readonly AuditFault[];
  readonly chains: readonly ChainReport[];
  readonly unproven: readonly UnprovenTail[];
}

/** What is believed beforehand; all of it lies outside the database. */
export interface AuditTrust {
  /** Public keys; whatever else signed must be led to from them. */
  readonly keys: readonly TrustedKey[];
  /** File with the checkpoints as they were signed, every one of which must still be in the database; undefined when none is kept. */
  readonly anchorFile: string | undefined;
}

/**
 * Walks every chain of the scope and every checkpoint. Needs no private key.
 * @param cvrs only the chains of these authorities; all when left out
 */
export async function verifyAudit(
  collections: AuditCollections,
  { keys: trusted, anchorFile }: AuditTrust,
  cvrs?: readonly string[],
): Promise<VerifyReport> {
  const scope = cvrs && new Set(cvrs);
  const list = await readKeyList(trusted, await collections.keyChanges.find().toArray());
  const read = checkpointReader(list.keys);
  const walk = new ChainWalk();
  for (const id of list.refused) walk.fault(`key ${id}`, 'KEY_CHANGE_FORGED');
  // Before the checkpoints: one that is signed while they are read is in the file and not among them.
  const length = anchorFile === undefined ? undefined : await anchorLength(anchorFile);
  const vouched = await readCheckpoints(collections, read, walk, scope);
  const within = cvrs ? { cvr: { $in: [...cvrs] } } : {};
  for await (const entry of collections.entries.find(within).sort({ writer: 1, cvr: 1, seq: 1 }))
    walk.take(entry, vouched);
  const chains = walk.finish(vouched);
  const outside = await lookOutside(anchorFile, length, vouched, read, scope);
  return {
    writers: vouched.writers.size,
    entries: walk.count,
    checkpoints: vouched.count,
    anchors: outside?.anchors ?? null,
    keys: list.keys,
    faults: [...walk.faults, ...(outside?.faults ?? [])],
    chains,
    unproven: chains
      .filter(({ seq, proven }) => seq > proven)
      .map(({ writer, cvr, seq, proven }) => ({ writer, cvr, fromSeq: proven + 1, toSeq: seq })),
  };
}

/** Every process writes its first checkpoint at its start: a log with checkpoints has a file, where one is kept at all. */
async function lookOutside(
  file: string | undefined,
  length: number | undefined,
  { hashes, count }: ReadCheckpoints,
  read: ReadCheckpoint,
  scope: ReadonlySet<string> | undefined,
): Promise<AnchorReport | undefined> {
  if (file === undefined) return undefined;
  if (length !== undefined) return compareAnchors(file, length, hashes, read, scope);
  return { anchors: 0, faults: count === 0 ? [] : [{ place: 'anchor file', kind: 'ANCHOR_GONE' }] };
}

interface ReadCheckpoints extends Vouched {
  readonly writers: Set<string>;
  readonly hashes: Set<string>;
  count: number;
}

async function readCheckpoints(
  collections: AuditCollections,
  read: ReadCheckpoint,
  walk: ChainWalk,
  cvrs: ReadonlySet<string> | undefined,
): Promise<ReadCheckpoints> {
  const vouched: ReadCheckpoints = {
    at: new Map(),
    last: new Map(),
    writers: new Set(),
    hashes: new Set(),
    count: 0,
  };
  let before: { writer: string; no: number; hash: string } | undefined;
  for await (const checkpoint of collections.checkpoints.find().sort({ writer: 1, no: 1 })) {
    const hash = hashCheckpoint(checkpoint.jws);
    vouched.count++;
    vouched.hashes.add(hash);
    const statement = await readOrFault(checkpoint, read, walk);
    if (statement) {
      const earlier = before?.writer === statement.writer ? before : undefined;
      const follows = statement.no === (earlier ? earlier.no + 1 : 1);
      if (!follows || statement.prev !== (earlier ? earlier.hash : null))
        walk.fault(checkpoint._id, 'CHECKPOINT_MISSING');
      vouch(statement, vouched, cvrs);
    }
    before = { writer: checkpoint.writer, no: checkpoint.no, hash };
  }
  return vouched;
}

async function readOrFault(
  checkpoint: Checkpoint,
  read: ReadCheckpoint,
  walk: ChainWalk,
): Promise<CheckpointStatement | undefined> {
  const found = await read(checkpoint.jws);
  if ('statement' in found && checkpoint._id === `${found.statement.writer}:${found.statement.no}`)
    return found.statement;
  walk.fault(checkpoint._id, 'fault' in found ? found.fault : 'CHECKPOINT_FORGED');
  return undefined;
}

function vouch(
  statement: CheckpointStatement,
  vouched: ReadCheckpoints,
  cvrs: ReadonlySet<string> | undefined,
): void {
  vouched.writers.add(statement.writer);
  for (const head of statement.heads) {
    if (cvrs?.has(head.cvr) === false) continue;
    const chain = `${statement.writer}:${head.cvr}`;
    vouched.at.set(`${chain}:${head.seq}`, head.hash);
    vouched.last.set(chain, Math.max(head.seq, vouched.last.get(chain) ?? 0));
  }
}
