import type { PageArguments } from '../../shared/paging/page.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import type { Context } from '../context.js';
import { LIFT_ORDER, type LiftSource } from '../source/lift-source.js';
import type { LiftRecord } from '../source/records.js';

const liftList = (source: LiftSource): GuardedList<'access-approve', LiftRecord> => ({
  permission: 'access-approve',
  order: LIFT_ORDER,
  positionOf: (row) => [row.from, row._id],
  shown: (rows) => ({ objects: rows.map((row) => row._id), citizenIds: rows.map((row) => row.citizenId) }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
});

/** The review queue, or every lift, of the caller's authority. */
export function readLifts(
  context: Context,
  awaitingReview: boolean,
  page: PageArguments,
): Promise<GuardedPage<LiftRecord> | null> {
  return readPage(context, liftList(context.lifts), {
    subject: { event: 'access-viewed', criteria: [{ name: 'kind', value: 'lifts' }] },
    narrow: awaitingReview ? { review: null } : {},
    page,
    scope: cursorScope(context, 'lifts', awaitingReview),
  });
}

/** @returns the value for a reviewer; null for the one who made the lift, who knows it anyway. */
export function forReviewer<T>(context: Context, value: T): T | null {
  return context.guard.holds('access-approve') ? value : null;
}
