import type { Permit } from '../../shared/guard/permit.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { householdFilter, householdOn } from './addresses.js';
import type { CitizenCollections } from './collections.js';
import type { CitizenRecord, RemarkRecord } from './records.js';

/** Most members of a household that are read. */
const MAX_HOUSEHOLD = 100;

/** The only code that reads persons. Every method takes a permit and filters by what it gives. */
export class CitizenSource {
  constructor(readonly collections: CitizenCollections) {}

  /** @returns the persons of these ids that are within reach, in no particular order. */
  findByIds(permit: Permit<'citizen-read'>, ids: readonly string[]): Promise<CitizenRecord[]> {
    return this.#find({ $and: [{ _id: { $in: ids } }, permit.access.reach.filter()] }, ids.length);
  }

  /** @returns everyone within reach who has an address on a day. */
  async household(permit: Permit<'citizen-read'>, key: string, day: string): Promise<CitizenRecord[]> {
    const filter = { $and: [householdFilter([key], day), permit.access.reach.filter()] };
    const found = await this.#find(filter, MAX_HOUSEHOLD);
    return found.filter(({ addresses }) => householdOn(addresses, day) === key);
  }

  /**
   * @param alternatives conditions of which one must hold
   * @returns persons within reach that match, at least one more than `most` when there are more, in no particular order
   */
  async search(
    permit: Permit<'citizen-search'>,
    alternatives: readonly StoreFilter[],
    nationwide: boolean,
    most: number,
  ): Promise<CitizenRecord[]> {
    const reach = permit.access.reach(nationwide).filter();
    // Each by itself: the embedded store answers from an index what a $or would make it read whole.
    const found = await Promise.all(
      alternatives.map((filter) => this.#find({ $and: [filter, reach] }, most + 1)),
    );
    return [...new Map(found.flat().map((record) => [record._id, record])).values()];
  }

  /** @returns the remarks on a person in force on a day, written by the caller's authorities. */
  remarks(permit: Permit<'remark-read'>, citizenId: string, today: string): Promise<RemarkRecord[]> {
    return this.collections.remarks
      .find({
        citizenId,
        cvr: { $in: [...permit.access.cvrs] },
        validFrom: { $lte: today },
        $or: [{ validTo: null }, { validTo: { $gte: today } }],
      })
      .sort({ validFrom: -1, _id: 1 })
      .toArray();
  }

  #find(filter: StoreFilter, limit: number): Promise<CitizenRecord[]> {
    // Whoever turned out to be somebody else is shown as that person only.
    return this.collections.citizens
      .find({ $and: [filter, { mergedInto: null }] })
      .limit(limit)
      .toArray();
  }
}
