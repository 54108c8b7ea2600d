import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { AccessCollections } from './collections.js';
import type { LiftRecord } from './records.js';

/** Newest first. */
export const LIFT_ORDER: ListOrder = [
  ['from', -1],
  ['_id', 1],
];

/** Lifts by break-glass and their reviews. */
export class LiftSource {
  constructor(readonly collections: Pick<AccessCollections, 'lifts'>) {}

  /** @returns a user's lifts in force; one found not justified is over. */
  async inForce(
    _permit: Permit<'gateway-internal'>,
    cvr: string,
    subject: string,
    at: Date,
  ): Promise<LiftRecord[]> {
    const found = await this.collections.lifts.find({ cvr, subject, to: { $gt: at } }).toArray();
    return found.filter((lift) => lift.review?.verdict !== 'NOT_JUSTIFIED');
  }

  /** @returns whether one of the caller's lifts should have been reviewed by now and has not. */
  async hasOverdue({ access: { cvr, subject } }: Permit<'break-glass'>, at: Date): Promise<boolean> {
    const overdue = { cvr, subject, review: null, reviewBy: { $lt: at } };
    return (await this.collections.lifts.findOne(overdue, { projection: { _id: 1 } })) !== null;
  }

  async add(_permit: Permit<'break-glass'>, lift: LiftRecord): Promise<void> {
    await this.collections.lifts.insertOne(lift);
  }

  list(
    { access: { cvr } }: Permit<'access-approve'>,
    narrow: StoreFilter,
    limit: number,
  ): Promise<LiftRecord[]> {
    return this.collections.lifts
      .find({ $and: [{ cvr }, narrow] })
      .sort(sortOf(LIFT_ORDER))
      .limit(limit)
      .toArray();
  }

  count({ access: { cvr } }: Permit<'access-approve'>, narrow: StoreFilter): Promise<number> {
    return this.collections.lifts.countDocuments({ $and: [{ cvr }, narrow] });
  }

  byId({ access: { cvr } }: Permit<'access-approve'>, id: string): Promise<LiftRecord | null> {
    return this.collections.lifts.findOne({ _id: id, cvr });
  }

  /** Stores a review. @returns false when somebody else reviewed the lift meanwhile */
  async review(_permit: Permit<'access-approve'>, { _id, review }: LiftRecord): Promise<boolean> {
    const { matchedCount } = await this.collections.lifts.updateOne(
      { _id, review: null },
      { $set: { review } },
    );
    return matchedCount === 1;
  }
}
