import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { AlertCollections } from './collections.js';
import type { AlertRecord } from './records.js';

/** Newest first. */
export const ALERT_ORDER: ListOrder = [
  ['receivedAt', -1],
  ['_id', 1],
];

/** The only code that reads alerts. Every method takes a permit and filters by what it gives. */
export class AlertSource {
  constructor(readonly collections: AlertCollections) {}

  list(permit: Permit<'alert-read'>, narrow: StoreFilter, limit: number): Promise<AlertRecord[]> {
    return this.collections.alerts
      .find(within(permit, narrow))
      .sort(sortOf(ALERT_ORDER))
      .limit(limit)
      .toArray();
  }

  count(permit: Permit<'alert-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.alerts.countDocuments(within(permit, narrow));
  }

  findByIds(permit: Permit<'alert-read'>, ids: readonly string[]): Promise<AlertRecord[]> {
    return this.collections.alerts.find(within(permit, { _id: { $in: ids } })).toArray();
  }
}

function within(permit: Permit<'alert-read'>, narrow: StoreFilter): Filter<AlertRecord> {
  return { $and: [narrow, permit.access.filter()] };
}
