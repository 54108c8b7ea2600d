import { readFile } from 'node:fs/promises';
import type { AuditCollections } from './mongo-sink.js';
import {
  hashCheckpoint,
  type Checkpoint,
  type CheckpointStatement,
  type ReadCheckpoint,
} from './checkpoint.js';
import { genesis, hashEntry, type AuditEntry } from './entry.js';

/** A fault in the log, by the place of its first bad record. */
export interface AuditFault {
  readonly place: string;
  readonly fault: string;
}

/** Entries after the last checkpoint: whole as a chain, but not yet vouched for. */
export interface UnprovenTail {
  readonly writer: string;
  readonly cvr: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** One writer's entries for one authority. */
export interface ChainReport {
  readonly writer: string;
  readonly cvr: string;
  /** Number of the last entry that was read. */
  readonly seq: number;
  /** Number of the last entry a checkpoint vouches for; never above `seq`. */
  readonly proven: number;
  readonly lastAt: Date;
}

export interface VerifyReport {
  readonly writers: number;
  readonly entries: number;
  readonly checkpoints: number;
  readonly faults: readonly AuditFault[];
  readonly chains: readonly ChainReport[];
  readonly unproven: readonly UnprovenTail[];
}

export interface VerifyScope {
  /** File with the checkpoints as they were signed; every one must still be in the database. */
  readonly anchorFile?: string | undefined;
  /** Only the chains of these authorities; all when left out. */
  readonly cvrs?: readonly string[];
}

/** Walks every chain of the scope and every checkpoint. */
export async function verifyAudit(
  collections: AuditCollections,
  read: ReadCheckpoint,
  { anchorFile, cvrs }: VerifyScope = {},
): Promise<VerifyReport> {
  const walk = new ChainWalk();
  const vouched = await readCheckpoints(collections, read, walk, cvrs && new Set(cvrs));
  const within = cvrs ? { cvr: { $in: [...cvrs] } } : {};
  for await (const entry of collections.entries.find(within).sort({ writer: 1, cvr: 1, seq: 1 }))
    walk.take(entry, vouched);
  const chains = walk.finish(vouched);
  if (anchorFile) await checkAnchors(anchorFile, vouched.signatures, walk);
  return {
    writers: vouched.writers.size,
    entries: walk.count,
    checkpoints: vouched.count,
    faults: walk.faults,
    chains,
    unproven: chains
      .filter(({ seq, proven }) => seq > proven)
      .map(({ writer, cvr, seq, proven }) => ({ writer, cvr, fromSeq: proven + 1, toSeq: seq })),
  };
}

interface Vouched {
  /** Hash vouched for at `<writer>:<cvr>:<seq>`. */
  readonly at: Map<string, string>;
  /** Last vouched sequence number of each `<writer>:<cvr>`. */
  readonly last: Map<string, number>;
  readonly writers: Set<string>;
  readonly signatures: Set<string>;
  count: number;
}

async function readCheckpoints(
  collections: AuditCollections,
  read: ReadCheckpoint,
  walk: ChainWalk,
  cvrs: ReadonlySet<string> | undefined,
): Promise<Vouched> {
  const vouched: Vouched = {
    at: new Map(),
    last: new Map(),
    writers: new Set(),
    signatures: new Set(),
    count: 0,
  };
  let before: { writer: string; no: number; hash: string } | undefined;
  for await (const checkpoint of collections.checkpoints.find().sort({ writer: 1, no: 1 })) {
    vouched.count++;
    vouched.signatures.add(checkpoint.jws);
    const statement = await readOrFault(checkpoint, read, walk);
    if (statement) {
      const sameWriter = before?.writer === statement.writer;
      const follows = statement.no === (sameWriter ? before!.no + 1 : 1);
      if (!follows || statement.prev !== (sameWriter ? before!.hash : null))
        walk.fault(checkpoint._id, 'a checkpoint before this one is missing or changed');
      vouch(statement, vouched, cvrs);
    }
    before = { writer: checkpoint.writer, no: checkpoint.no, hash: hashCheckpoint(checkpoint) };
  }
  return vouched;
}

async function readOrFault(checkpoint: Checkpoint, read: ReadCheckpoint, walk: ChainWalk) {
  try {
    const statement = await read(checkpoint);
    if (checkpoint._id === `${statement.writer}:${statement.no}`) return statement;
  } catch {
    // Falls through: an unreadable signature is the fault being reported.
  }
  walk.fault(checkpoint._id, 'the signature is not by the audit key');
  return undefined;
}

function vouch(
  statement: CheckpointStatement,
  vouched: Vouched,
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

class ChainWalk {
  readonly faults: AuditFault[] = [];
  count = 0;
  #before: AuditEntry | undefined;
  readonly #ends = new Map<string, Omit<ChainReport, 'proven'>>();
  readonly #broken = new Set<string>();

  fault(place: string, fault: string): void {
    this.faults.push({ place, fault });
  }

  take(entry: AuditEntry, vouched: Vouched): void {
    this.count++;
    const chain = `${entry.writer}:${entry.cvr}`;
    const before =
      this.#before?.writer === entry.writer && this.#before.cvr === entry.cvr ? this.#before : undefined;
    this.#before = entry;
    this.#ends.set(chain, { writer: entry.writer, cvr: entry.cvr, seq: entry.seq, lastAt: entry.at });
    const fault = this.#faultOf(entry, before, vouched);
    // Only the first bad record of a chain is named: everything after it is unproven anyway.
    if (fault && !this.#broken.has(chain)) this.fault(`${chain}:${entry.seq}`, fault);
    if (fault) this.#broken.add(chain);
  }

  #faultOf(entry: AuditEntry, before: AuditEntry | undefined, vouched: Vouched): string | undefined {
    if (entry.seq !== (before?.seq ?? 0) + 1) return 'entries before this one are missing';
    if (entry.prev !== (before?.hash ?? genesis(entry.writer, entry.cvr)))
      return 'the entry before this one was changed';
    if (entry.hash !== hashEntry(entry)) return 'the entry was changed';
    const expected = vouched.at.get(`${entry.writer}:${entry.cvr}:${entry.seq}`);
    return expected !== undefined && expected !== entry.hash
      ? 'the entry is not the one that was vouched for'
      : undefined;
  }

  finish(vouched: Vouched): ChainReport[] {
    for (const [chain, seq] of vouched.last) {
      const end = this.#ends.get(chain)?.seq ?? 0;
      if (end < seq) this.fault(`${chain}:${end + 1}`, 'entries that were vouched for are missing');
    }
    return [...this.#ends].map(([chain, end]) => ({
      ...end,
      proven: Math.min(end.seq, vouched.last.get(chain) ?? 0),
    }));
  }
}

async function checkAnchors(file: string, signatures: ReadonlySet<string>, walk: ChainWalk): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  for (const [i, line] of lines.entries())
    if (!signatures.has(line))
      walk.fault(`anchor line ${i + 1}`, 'a checkpoint that was signed is missing from the log');
}
