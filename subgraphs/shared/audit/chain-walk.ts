import { type AuditEntry, genesis, hashEntry } from './entry.js';
import type { AuditFault, AuditFaultKind } from './faults.js';

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

/** What the checkpoints vouch for. */
export interface Vouched {
  /** Hash vouched for at `<writer>:<cvr>:<seq>`. */
  readonly at: Map<string, string>;
  /** Last vouched sequence number of each `<writer>:<cvr>`. */
  readonly last: Map<string, number>;
}

/** Walks the entries of all chains in order and compares them with what was vouched for. */
export class ChainWalk {
  readonly faults: AuditFault[] = [];
  count = 0;
  #before: AuditEntry | undefined;
  readonly #ends = new Map<string, Omit<ChainReport, 'proven'>>();
  readonly #broken = new Set<string>();

  fault(place: string, kind: AuditFaultKind): void {
    this.faults.push({ place, kind });
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

  #faultOf(entry: AuditEntry, before: AuditEntry | undefined, vouched: Vouched): AuditFaultKind | undefined {
    if (entry.seq !== (before?.seq ?? 0) + 1) return 'ENTRIES_MISSING';
    if (entry.prev !== (before?.hash ?? genesis(entry.writer, entry.cvr))) return 'ENTRY_BEFORE_CHANGED';
    if (entry.hash !== hashEntry(entry)) return 'ENTRY_CHANGED';
    const expected = vouched.at.get(`${entry.writer}:${entry.cvr}:${entry.seq}`);
    return expected !== undefined && expected !== entry.hash ? 'ENTRY_REPLACED' : undefined;
  }

  finish(vouched: Vouched): ChainReport[] {
    for (const [chain, seq] of vouched.last) {
      const end = this.#ends.get(chain)?.seq ?? 0;
      if (end < seq) this.fault(`${chain}:${end + 1}`, 'VOUCHED_ENTRIES_MISSING');
    }
    return [...this.#ends].map(([chain, end]) => ({
      ...end,
      proven: Math.min(end.seq, vouched.last.get(chain) ?? 0),
    }));
  }
}
