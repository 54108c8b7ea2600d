import { present } from '../../shared/certain/present.js';
import type { PartiesOfObject } from '../../shared/guard/parties-of.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { AlertCollections } from './collections.js';
import { idOfParts } from './id-of-parts.js';
import type { ReminderRecord, SavedSearchRecord } from './records.js';

/** Most reminders and saved searches that are listed. */
const MAX_OWN = 200;

/** A caseworker's own reminders. */
export class ReminderSource {
  constructor(readonly collections: AlertCollections) {}

  open({ access: { own } }: Permit<'alert-handle'>, dueBy: string | null): Promise<ReminderRecord[]> {
    const due = dueBy === null ? {} : { dueOn: { $lte: dueBy } };
    return this.collections.reminders
      .find({ cvr: own.cvr, subject: own.subject, done: false, ...due })
      .sort({ dueOn: 1, _id: 1 })
      .limit(MAX_OWN)
      .toArray();
  }

  /** @returns whom a reminder of the caller's own is about; nothing for any other id. */
  async partiesOf({ access: { own } }: Permit<'alert-handle'>, id: string): Promise<PartiesOfObject[]> {
    const reminder = await this.collections.reminders.findOne({
      _id: id,
      cvr: own.cvr,
      subject: own.subject,
    });
    return reminder ? partiesOfReminders([reminder]) : [];
  }

  async add(_permit: Permit<'alert-handle'>, reminder: ReminderRecord): Promise<void> {
    await this.collections.reminders.insertOne(reminder);
  }

  /** @returns the reminder as it is now; null when the caller has none of that id. */
  complete({ access: { own } }: Permit<'alert-handle'>, id: string): Promise<ReminderRecord | null> {
    return this.collections.reminders.findOneAndUpdate(
      { _id: id, cvr: own.cvr, subject: own.subject },
      { $set: { done: true } },
      { returnDocument: 'after' },
    );
  }
}

/** @returns whom reminders are about; one about no alert is about nobody. */
export function partiesOfReminders(reminders: readonly ReminderRecord[]): PartiesOfObject[] {
  return reminders.map(({ _id: object, citizenId }) => ({
    object,
    persons: citizenId === null ? [] : [citizenId],
  }));
}

/** Saved searches: one's own, and those shared in the authority. They hold criteria, never persons. */
export class SearchSource {
  constructor(readonly collections: AlertCollections) {}

  list(_permit: Permit<'alert-read'>, cvr: string, subject: string): Promise<SavedSearchRecord[]> {
    return this.collections.searches
      .find({ cvr, $or: [{ subject }, { shared: true }] })
      .sort({ cvr: 1, name: 1 })
      .limit(MAX_OWN)
      .toArray();
  }

  /** Under one name a user has one search: its id is made of owner and name, so that two who save at once save the same. */
  async save(
    _permit: Permit<'alert-read'>,
    search: Omit<SavedSearchRecord, '_id'>,
  ): Promise<SavedSearchRecord> {
    const { cvr, subject, name } = search;
    // Earlier versions gave ids by chance.
    const known = await this.collections.searches.findOne({ cvr, subject, name });
    const saved = await this.collections.searches.findOneAndUpdate(
      { _id: known?._id ?? idOfParts(cvr, subject, name) },
      { $set: search },
      { upsert: true, returnDocument: 'after' },
    );
    return present(saved, 'a saved search');
  }

  async forget(_permit: Permit<'alert-read'>, id: string, cvr: string, subject: string): Promise<boolean> {
    const { deletedCount } = await this.collections.searches.deleteOne({ _id: id, cvr, subject });
    return deletedCount === 1;
  }
}
