import { randomUUID } from 'node:crypto';
import type { LiftVerdict } from '../../../schema/generated/access.js';
import { danishDay } from '../../shared/days/danish-day.js';
import { daysFrom } from '../../shared/days/days-from.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { checkWhy } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { settingsAt } from '../governed/effective.js';
import type { LiftRecord } from '../source/records.js';

const MINUTE_MS = 60_000;

/**
 * Lifts overridable refusals for one person and a limited time. Core rules are looked at anew with every
 * read and are never lifted. One a request, so many a day as the municipality allows, and only of a person whom a lift could
 * open at all: anybody else is the same as unknown. Whoever has a lift that should have been reviewed and was not makes no
 * other.
 */
export async function breakGlass(context: Context, rawId: string, rawReason: string): Promise<LiftRecord> {
  const citizenId = requireUuid('citizenId', rawId);
  const { caller, liftable, requestId } = context.claims;
  const { cvr, subject, unit } = caller;
  return context.guard.change(
    'break-glass',
    { event: 'access-lifted', citizenId, alarm: 'BREAK_GLASS' },
    async (permit) => {
      const from = context.now();
      if (!(await context.lifts.claimRequest(permit, requestId, from)))
        throw badInput('breakGlass', 'one in a request');
      const reason = checkWhy('reason', rawReason);
      if (liftable !== citizenId) throw codedError('LIFT_OUT_OF_REACH');
      if (await context.lifts.hasOverdue(permit, from)) throw codedError('LIFT_BLOCKED');
      const settings = settingsAt(await context.source.settings(permit), from);
      const { liftMinutes, reviewDays, liftsPerDay } = settings;
      if (!(await context.lifts.claimOfDay(permit, danishDay(from), liftsPerDay, from)))
        throw codedError('LIFT_LIMIT');
      const lift: LiftRecord = {
        _id: randomUUID(),
        cvr,
        subject,
        unit,
        citizenId,
        reason,
        from,
        to: new Date(from.getTime() + liftMinutes * MINUTE_MS),
        reviewBy: daysFrom(from, reviewDays),
        review: null,
      };
      await context.versions.change(permit, cvr, [lift.to], () => context.lifts.add(permit, lift));
      return lift;
    },
  );
}

/** Reviews somebody else's lift; one found not justified ends at once. */
export async function reviewLift(
  context: Context,
  rawId: string,
  verdict: LiftVerdict,
  rawNote: string,
): Promise<LiftRecord> {
  const id = requireUuid('id', rawId);
  const { cvr, subject } = context.claims.caller;
  const findParties = async (permit: Permit<'access-approve'>) => {
    const lift = await context.lifts.byId(permit, id);
    return lift ? [{ object: id, persons: [lift.citizenId] }] : [];
  };
  const about = { event: 'lift-reviewed', asked: [id], findParties } as const;
  return context.guard.change('access-approve', about, async (permit) => {
    const note = checkWhy('note', rawNote);
    const lift = await context.lifts.byId(permit, id);
    if (lift === null || lift.review !== null) throw codedError('CHANGE_STATE');
    if (lift.subject === subject) throw codedError('OWN_PROPOSAL');
    const reviewed: LiftRecord = { ...lift, review: { by: subject, at: context.now(), verdict, note } };
    const won = await context.versions.change(permit, cvr, [], () => context.lifts.review(permit, reviewed));
    if (!won) throw codedError('CHANGE_STALE');
    return reviewed;
  });
}
