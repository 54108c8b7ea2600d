import type { PartiesOfObject } from '../../shared/guard/parties-of.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { CitizenCollections } from './collections.js';
import type { RemarkRecord } from './records.js';

/** Writes remarks of the caller's own authority, on persons within reach. */
export class RemarkSource {
  constructor(readonly collections: CitizenCollections) {}

  /** @returns the personal number of a person within reach; null for anyone else. */
  async keyOf({ access }: Permit<'remark-write'>, citizenId: string): Promise<string | null> {
    const filter = { $and: [{ _id: citizenId }, { mergedInto: null }, access.reach.filter()] };
    const found = await this.collections.citizens.findOne(filter, {
      projection: { cpr: 1 },
    });
    return found?.cpr ?? null;
  }

  async add(_permit: Permit<'remark-write'>, remark: RemarkRecord): Promise<void> {
    await this.collections.remarks.insertOne(remark);
  }

  /** @returns whom a remark of the own authority is about; nothing for any other id. */
  async partiesOf({ access: { own } }: Permit<'remark-write'>, id: string): Promise<PartiesOfObject[]> {
    const projection = { citizenId: 1 } as const;
    const found = await this.collections.remarks.findOne({ _id: id, cvr: own.cvr }, { projection });
    return found?.citizenId ? [{ object: id, persons: [found.citizenId] }] : [];
  }

  /** @returns whether there was such a remark of the own authority. */
  async remove({ access: { own } }: Permit<'remark-write'>, id: string): Promise<boolean> {
    const { deletedCount } = await this.collections.remarks.deleteOne({ _id: id, cvr: own.cvr });
    return deletedCount === 1;
  }
}
