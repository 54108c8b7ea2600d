import type { Permit } from '../../shared/guard/permit.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
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
  constructor(readonly collections: Pick<AccessCollections, 'lifts' | 'once'>) {}

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

  /** @returns false when the request has asked for a lift before; it may be in another fetch of it, or another process */
  claimRequest({ access: { cvr } }: Permit<'break-glass'>, requestId: string, at: Date): Promise<boolean> {
    return this.#once(`lift|${cvr}|${requestId}`, at);
  }

  /**
   * Takes one of the lifts that a user may make in a day; two at once never take the same one.
   * @param day `yyyy-mm-dd` in Denmark
   * @returns false when none is left
   */
  async claimOfDay(
    { access: { cvr, subject } }: Permit<'break-glass'>,
    day: string,
    most: number,
    at: Date,
  ): Promise<boolean> {
    for (let i = 1; i <= most; i++)
      if (await this.#once(`lift|${cvr}|${day}|${i}|${subject}`, at)) return true;
    return false;
  }

  #once(_id: string, until: Date): Promise<boolean> {
    return insertedFirst(() => this.collections.once.insertOne({ _id, until }));
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
