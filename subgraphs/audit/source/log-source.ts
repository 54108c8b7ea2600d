import type { Filter } from 'mongodb';
import type { AuditEntry } from '../../shared/audit/entry.js';
import type { AuditCollections } from '../../shared/audit/mongo-sink.js';
import { type AuditTrust, verifyAudit, type VerifyReport } from '../../shared/audit/verify.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { sortOf } from '../../shared/sections/guarded-list.js';

/** Newest first. */
export const LOG_ORDER: ListOrder = [
  ['at', -1],
  ['_id', -1],
];

/** Walks under way, by authorities: whoever asks meanwhile waits for the same one. */
export type LogWalks = Map<string, Promise<VerifyReport>>;

/** Reads the log; nothing in this subgraph can write it. */
export class LogSource {
  constructor(
    readonly collections: AuditCollections,
    readonly trust: AuditTrust,
    readonly walks: LogWalks,
  ) {}

  /** @returns whether the chains of the caller's authorities are whole. */
  verify({ access: { cvrs } }: Permit<'audit-read'>): Promise<VerifyReport> {
    const key = [...cvrs].sort().join(' ');
    const walk =
      this.walks.get(key) ??
      verifyAudit(this.collections, this.trust, cvrs).finally(() => this.walks.delete(key));
    this.walks.set(key, walk);
    return walk;
  }

  list(permit: Permit<'audit-read'>, narrow: StoreFilter, limit: number): Promise<AuditEntry[]> {
    return this.collections.entries
      .find(within(permit, narrow))
      .sort(sortOf(LOG_ORDER))
      .limit(limit)
      .toArray();
  }

  count(permit: Permit<'audit-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.entries.countDocuments(within(permit, narrow));
  }
}

function within(permit: Permit<'audit-read'>, narrow: StoreFilter): Filter<AuditEntry> {
  return { $and: [narrow, { cvr: { $in: [...permit.access.cvrs] } }] };
}
