import type { Filter } from 'mongodb';
import type { AuditEntry } from '../../shared/audit/entry.js';
import type { AuditCollections } from '../../shared/audit/mongo-sink.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { sortOf } from '../../shared/sections/guarded-list.js';

/** Newest first. */
export const LOG_ORDER: ListOrder = [
  ['at', -1],
  ['_id', -1],
];

/** Reads the log; nothing in this subgraph can write it. */
export class LogSource {
  constructor(readonly collections: AuditCollections) {}

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
