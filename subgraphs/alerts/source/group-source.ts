import type { Permit } from '../../shared/guard/permit.js';
import type { AlertCollections } from './collections.js';
import type { AlertGroupRecord } from './records.js';

/** Most alert groups of one authority. */
const MAX_GROUPS = 5000;

/** Reads and changes the alert groups of the caller's own authority. */
export class GroupSource {
  constructor(readonly collections: AlertCollections) {}

  list({ access: { cvr } }: Permit<'alert-administer'>): Promise<AlertGroupRecord[]> {
    return this.collections.groups.find({ cvr }).sort({ cvr: 1, name: 1 }).limit(MAX_GROUPS).toArray();
  }

  byId({ access: { cvr } }: Permit<'alert-administer'>, id: string): Promise<AlertGroupRecord | null> {
    return this.collections.groups.findOne({ _id: id, cvr });
  }

  async add(_permit: Permit<'alert-administer'>, group: AlertGroupRecord): Promise<void> {
    await this.collections.groups.insertOne(group);
    await this.#raise(group.cvr);
  }

  /** @returns whether the group was still at the revision it was changed from. */
  async replace({ access: { cvr } }: Permit<'alert-administer'>, group: AlertGroupRecord): Promise<boolean> {
    const { _id, ...fields } = group;
    const before = { _id, cvr, revision: group.revision - 1 };
    const { matchedCount } = await this.collections.groups.replaceOne(before, fields);
    if (matchedCount === 1) await this.#raise(cvr);
    return matchedCount === 1;
  }

  async #raise(cvr: string): Promise<void> {
    await this.collections.groupVersions.updateOne({ _id: cvr }, { $inc: { version: 1 } }, { upsert: true });
  }
}
