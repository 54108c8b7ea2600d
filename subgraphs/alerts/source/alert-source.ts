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

/** Where counting an inbox ends: one more than is shown exactly, so that "more than" can be shown. Each counted alert is read. */
export const MOST_COUNTED = 501;
const MOST_COUNTED_IN_GROUP = 51;

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

  /** @param most where counting ends */
  count(permit: Permit<'alert-read'>, narrow: StoreFilter, most?: number): Promise<number> {
    return this.collections.alerts.countDocuments(
      within(permit, narrow),
      most === undefined ? {} : { limit: most },
    );
  }

  /** @returns the groups of an authority's alerts in these states, by name, with how many there are of each. */
  async groups(
    permit: Permit<'alert-read'>,
    cvr: string,
    states: readonly AlertRecord['state'][],
  ): Promise<InboxGroup[]> {
    // A group is never taken away, so every alert's group is among them.
    const known = await this.collections.groups.find({ cvr }, { projection: { _id: 1 } }).toArray();
    const found = await Promise.all(
      known.map(({ _id }) =>
        this.#group(permit, { 'access.ownerCvr': cvr, groupId: _id, state: { $in: states } }),
      ),
    );
    return found
      .flat()
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'da') || (a.id < b.id ? -1 : 1));
  }

  async #group(permit: Permit<'alert-read'>, narrow: StoreFilter): Promise<InboxGroup[]> {
    const found = await this.collections.alerts
      .aggregate<{ _id: string; name: string | null; count: number }>([
        { $match: within(permit, narrow) },
        { $limit: MOST_COUNTED_IN_GROUP },
        { $group: { _id: '$groupId', name: { $first: '$groupName' }, count: { $sum: 1 } } },
      ])
      .toArray();
    return found.map(({ _id: id, name, count }) => ({ id, name, count }));
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
