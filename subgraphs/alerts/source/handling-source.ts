import type { Permit } from '../../shared/guard/permit.js';
import { versionOf } from '../../shared/in-step/registered.js';
import type { AlertCollections } from './collections.js';
import type { AlertRecord } from './records.js';

/** What handling changes of an alert. */
export type Handled = Pick<AlertRecord, 'state' | 'assignee' | 'completedAt' | 'deleteAfter' | 'changedAt'>;

/** Changes alerts the caller may handle; nothing else of them. */
export class HandlingSource {
  constructor(readonly collections: AlertCollections) {}

  /** @returns the alerts of these ids the caller may see and handle, in no particular order. */
  findByIds(permit: Permit<'alert-handle'>, ids: readonly string[]): Promise<AlertRecord[]> {
    return this.collections.alerts
      .find({ $and: [{ _id: { $in: [...ids] } }, permit.access.filter()] })
      .toArray();
  }

  /** @returns the days after which alerts of a group are cleaned up; null for never. */
  async cleanUpDays(_permit: Permit<'alert-handle'>, groupId: string | null): Promise<number | null> {
    if (groupId === null) return null;
    const group = await this.collections.groups.findOne({ _id: groupId }, { projection: { cleanUpDays: 1 } });
    return group?.cleanUpDays ?? null;
  }

  /** @returns whether the alert was still the one that was read. */
  async change(permit: Permit<'alert-handle'>, alert: AlertRecord, handled: Handled): Promise<boolean> {
    if (!permit.access.matches(alert)) return false;
    const update = { $set: { ...handled, rev: alert.rev + 1 } };
    const { matchedCount } = await this.collections.alerts.updateOne(versionOf(alert), update);
    return matchedCount === 1;
  }
}
