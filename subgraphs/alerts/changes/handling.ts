import type { AlertRefusal } from '../../../schema/generated/alerts.js';
import { addDays } from '../../shared/days/calendar.js';
import { danishDay } from '../../shared/days/danish-day.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { partiesOf } from '../../shared/guard/parties-of.js';
import type { Permit } from '../../shared/guard/permit.js';
import { hasWon } from '../../shared/in-step/compare-and-set.js';
import { checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { AlertChangeModel } from '../models.js';
import type { Handled } from '../source/handling-source.js';
import type { AlertRecord } from '../source/records.js';

/** Most alerts of one selection. */
const MAX_SELECTION = 100;

/** What is to be done with an alert: the change, or why not. */
type Step = (alert: AlertRecord) => Partial<Handled> | AlertRefusal;

/** Takes alerts on. What a colleague has taken is assigned by name, not taken away by the way. */
export function takeAlerts(context: Context, ids: readonly string[]): Promise<AlertChangeModel[]> {
  const { subject } = context.claims.caller;
  return handle(context, ids, ({ state, assignee }) => {
    if (state === 'COMPLETED' || assignee === subject) return 'ALREADY_SO';
    if (assignee !== null) return 'TAKEN_BY_ANOTHER';
    return { state: 'IN_PROGRESS', assignee: subject };
  });
}

export function giveAlertsBack(context: Context, ids: readonly string[]): Promise<AlertChangeModel[]> {
  return handle(context, ids, ({ state }) =>
    state === 'IN_PROGRESS' ? { state: 'NEW', assignee: null } : 'ALREADY_SO',
  );
}

/** Gives alerts to a user of the own organisation: an alert with nobody would be out of everybody's sight. */
export async function assignAlerts(
  context: Context,
  ids: readonly string[],
  to: string,
): Promise<AlertChangeModel[]> {
  const assignee = checkText('to', to, 1, 255);
  if (
    context.guard.holds('alert-handle') &&
    !(await context.references.user(context.claims.caller.cvr, assignee))
  )
    throw badInput('to', 'a user of the own organisation');
  return handle(context, ids, (alert) =>
    alert.state === 'COMPLETED' || alert.assignee === assignee
      ? 'ALREADY_SO'
      : { state: 'IN_PROGRESS', assignee },
  );
}

/** Completes a selection; each alert says for itself whether it was done (partial success). */
export async function completeAlerts(context: Context, ids: readonly string[]): Promise<AlertChangeModel[]> {
  const completedAt = context.now();
  return handle(context, ids, ({ state }) =>
    state === 'COMPLETED' ? 'ALREADY_SO' : { state: 'COMPLETED', completedAt },
  );
}

async function handle(context: Context, rawIds: readonly string[], step: Step): Promise<AlertChangeModel[]> {
  if (rawIds.length === 0 || rawIds.length > MAX_SELECTION)
    throw badInput('ids', `1 to ${MAX_SELECTION} alerts`);
  const ids = [...new Set(rawIds.map((id) => requireUuid('ids', id)))];
  const findParties = async (permit: Permit<'alert-handle'>) =>
    partiesOf(await context.handling.findByIds(permit, ids));
  const about = { event: 'alert-handled', asked: ids, findParties } as const;
  return context.guard.change('alert-handle', about, async (permit) => {
    const done = new Map<string, AlertChangeModel>();
    // Another user's change in between is read and looked at anew.
    await hasWon(async () => {
      const open = ids.filter((id) => !done.has(id));
      const found = new Map(
        (await context.handling.findByIds(permit, open)).map((record) => [record._id, record]),
      );
      for (const id of open) {
        const outcome = await handleOne(context, permit, id, found.get(id), step);
        if (outcome) done.set(id, outcome);
      }
      return done.size === ids.length;
    });
    return ids.map((id) => done.get(id) ?? { id, done: false, reason: 'TAKEN_BY_ANOTHER', alert: null });
  });
}

/** @returns undefined when somebody else changed the alert meanwhile. */
async function handleOne(
  context: Context,
  permit: Permit<'alert-handle'>,
  id: string,
  alert: AlertRecord | undefined,
  step: Step,
): Promise<AlertChangeModel | undefined> {
  if (!alert) return { id, done: false, reason: 'NOT_FOUND', alert: null };
  const change = step(alert);
  if (typeof change === 'string') return { id, done: false, reason: change, alert };
  const { state, assignee, completedAt } = { ...alert, ...change };
  const days = state === 'COMPLETED' ? await context.handling.cleanUpDays(permit, alert.groupId) : null;
  const now = context.now();
  const deleteAfter = days === null ? null : addDays(danishDay(now), days);
  const handled: Handled = { state, assignee, completedAt, deleteAfter, changedAt: now };
  if (!(await context.handling.change(permit, alert, handled))) return undefined;
  return { id, done: true, reason: null, alert: { ...alert, ...handled } };
}
