import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { type FirstRows, firstRows, type RowReader } from '../../shared/sections/first-rows.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { AlertCollections } from './collections.js';
import type { AlertRecord } from './records.js';

/** Newest first. */
export const ALERT_ORDER: ListOrder = [
  ['receivedAt', -1],
  ['_id', 1],
];

/** A group whose alerts are in an inbox. */
export interface InboxGroup {
  readonly id: string;
  readonly name: string | null;
  readonly count: number;
}

/** The only code that reads alerts. Every method takes a permit and filters by what it gives. */
export class AlertSource {
  constructor(readonly collections: AlertCollections) {}

  list(permit: Permit<'alert-read'>, narrow: StoreFilter, limit: number): Promise<AlertRecord[]> {
    return this.#find(within(permit, narrow), limit);
  }

  /** @returns the first of the visible rows, and how many there are when that is known without another command */
  first(permit: Permit<'alert-read'>, narrow: StoreFilter, limit: number): Promise<FirstRows<AlertRecord>> {
    const reader: RowReader<AlertRecord> = {
      find: (filter, most) => this.#find(filter, most),
      matches: (row) => permit.access.matches(row),
      filter: () => permit.access.filter(),
    };
    return firstRows(reader, narrow, limit);
  }

  count(permit: Permit<'alert-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.alerts.countDocuments(within(permit, narrow));
  }

  /** @returns the groups of matching alerts with how many there are of each, by name. */
  async groups(permit: Permit<'alert-read'>, narrow: StoreFilter): Promise<InboxGroup[]> {
    const found = await this.collections.alerts
      .aggregate<{ _id: string; name: string | null; count: number }>([
        { $match: { $and: [within(permit, narrow), { groupId: { $ne: null } }] } },
        { $group: { _id: '$groupId', name: { $first: '$groupName' }, count: { $sum: 1 } } },
      ])
      .toArray();
    return found
      .map(({ _id: id, name, count }) => ({ id, name, count }))
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'da') || (a.id < b.id ? -1 : 1));
  }

  findByIds(permit: Permit<'alert-read'>, ids: readonly string[]): Promise<AlertRecord[]> {
    return this.collections.alerts.find(within(permit, { _id: { $in: ids } })).toArray();
  }

  #find(filter: Filter<AlertRecord>, limit: number): Promise<AlertRecord[]> {
    return this.collections.alerts.find(filter).sort(sortOf(ALERT_ORDER)).limit(limit).toArray();
  }
}

function within(permit: Permit<'alert-read'>, narrow: StoreFilter): Filter<AlertRecord> {
  return { $and: [narrow, permit.access.filter()] };
}
