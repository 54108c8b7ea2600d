import type { Filter } from 'mongodb';
import { present } from '../../shared/certain/present.js';
import type { Permit } from '../../shared/guard/permit.js';
import { partiesOfBoth, stateAsOf } from '../../shared/in-step/state-as-of.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { type FirstRows, firstRows, type RowReader } from '../../shared/sections/first-rows.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { BenefitCollections } from './collections.js';
import type { GrantRecord, PaymentRecord } from './records.js';

/** Newest first. */
export const GRANT_ORDER: ListOrder = [
  ['startsOn', -1],
  ['_id', 1],
];

/** Most payments read for the grants of one page. */
const MAX_PAYMENTS = 5000;

/** A payment with those of its lines that may be shown. */
export interface VisiblePayment {
  readonly payment: PaymentRecord;
  readonly lines: PaymentRecord['lines'];
}

/** The only code that reads benefits. Every method takes a permit and filters by what it gives. */
export class BenefitSource {
  constructor(readonly collections: BenefitCollections) {}

  list(permit: Permit<'benefit-read'>, narrow: StoreFilter, limit: number): Promise<GrantRecord[]> {
    return this.#find(within(permit, narrow), limit);
  }

  /** @returns the first of the visible rows, and how many there are when that is known without another command */
  first(permit: Permit<'benefit-read'>, narrow: StoreFilter, limit: number): Promise<FirstRows<GrantRecord>> {
    const reader: RowReader<GrantRecord> = {
      find: (filter, most) => this.#find(filter, most),
      matches: (row) => permit.access.matches(row),
      filter: () => permit.access.filter(),
    };
    return firstRows(reader, narrow, limit);
  }

  count(permit: Permit<'benefit-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.grants.countDocuments(within(permit, narrow));
  }

  findByIds(permit: Permit<'benefit-read'>, ids: readonly string[]): Promise<GrantRecord[]> {
    return this.collections.grants.find(within(permit, { _id: { $in: ids } })).toArray();
  }

  /**
   * @returns a grant as the newest registration by a time had it, with what payments and its case say of it now. What it was
   * then must pass the rights of now
   */
  async registeredAsOf(
    permit: Permit<'benefit-read'>,
    present: GrantRecord,
    at: Date,
  ): Promise<GrantRecord | null> {
    if (!permit.access.matches(present)) return null;
    const past = await stateAsOf(this.collections.history, 'grants', present, at);
    if (past === null || past === present) return past;
    const parties = partiesOfBoth(past.access.parties, present.partyIds);
    const { paymentFacts } = present;
    const caseFacts = present.caseId === past.caseId ? present.caseFacts : null;
    const then = { ...past, access: { ...past.access, parties }, paymentFacts, caseFacts };
    return permit.access.matches(then) ? then : null;
  }

  /** @returns the payments of visible grants with at least one visible line, newest first. */
  async payments(permit: Permit<'benefit-read'>, grants: readonly GrantRecord[]): Promise<VisiblePayment[]> {
    const visible = new Map(
      grants.filter((grant) => permit.access.matches(grant)).map((grant) => [grant._id, grant]),
    );
    if (visible.size === 0) return [];
    const payments = await this.collections.payments
      .find({ grantId: { $in: [...visible.keys()] } })
      .sort({ disposalDate: -1, _id: 1 })
      .limit(MAX_PAYMENTS)
      // One batch: the number of store commands must not grow with the rows.
      .batchSize(MAX_PAYMENTS)
      .toArray();
    return payments.flatMap((payment) => {
      const grant = present(visible.get(payment.grantId), 'the grant of a payment');
      if (payment.source !== grant.access.source) return [];
      const { payment: shows } = permit.access.lines(grant);
      const lines = payment.lines.filter(({ kle }) =>
        shows({ ownerCvr: payment.ownerCvr, kle, disposalDate: payment.disposalDate }),
      );
      return lines.length === 0 ? [] : [{ payment, lines }];
    });
  }

  #find(filter: Filter<GrantRecord>, limit: number): Promise<GrantRecord[]> {
    return this.collections.grants.find(filter).sort(sortOf(GRANT_ORDER)).limit(limit).toArray();
  }
}

function within(permit: Permit<'benefit-read'>, narrow: StoreFilter): Filter<GrantRecord> {
  return { $and: [narrow, permit.access.filter()] };
}
