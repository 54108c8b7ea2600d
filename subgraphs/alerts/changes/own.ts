import { randomUUID } from 'node:crypto';
import type { ReminderInput, SavedSearchInput } from '../../../schema/generated/alerts.js';
import { badInput } from '../../shared/errors/coded-error.js';
import { partiesOf } from '../../shared/guard/parties-of.js';
import type { Permit } from '../../shared/guard/permit.js';
import { isKlePattern } from '../../shared/policy/kle.js';
import { checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { ReminderRecord, SavedSearchRecord } from '../source/records.js';

/** Reminds the caller on a day; an alert it is about must be visible to the caller. */
export function createReminder(context: Context, input: ReminderInput): Promise<ReminderRecord> {
  const alertId = input.alertId == null ? null : requireUuid('input.alertId', input.alertId);
  const { cvr, subject } = context.claims.caller;
  const findParties = async (permit: Permit<'alert-handle'>) =>
    partiesOf(alertId === null ? [] : await context.handling.findByIds(permit, [alertId]));
  const about = { event: 'reminder-changed', asked: alertId === null ? [] : [alertId], findParties } as const;
  return context.guard.change('alert-handle', about, async (permit) => {
    if (input.dueOn < context.today) throw badInput('input.dueOn', 'today or later');
    const [alert] = alertId === null ? [] : await context.handling.findByIds(permit, [alertId]);
    if (alertId !== null && !alert) throw badInput('input.alertId', 'an alert within your rights');
    const reminder: ReminderRecord = {
      _id: randomUUID(),
      cvr,
      subject,
      title: checkText('input.title', input.title, 1, 100),
      dueOn: input.dueOn,
      alertId,
      citizenId: alert?.partyIds[0] ?? null,
      done: false,
    };
    await context.reminders.add(permit, reminder);
    return reminder;
  });
}

export function completeReminder(context: Context, rawId: string): Promise<ReminderRecord> {
  const id = requireUuid('id', rawId);
  const findParties = (permit: Permit<'alert-handle'>) => context.reminders.partiesOf(permit, id);
  const about = { event: 'reminder-changed', asked: [id], findParties } as const;
  return context.guard.change('alert-handle', about, async (permit) => {
    const reminder = await context.reminders.complete(permit, id);
    if (!reminder) throw badInput('id', 'a reminder of your own');
    return reminder;
  });
}

/** Keeps a search under a name. One for the whole authority needs the right to administer alerts. */
export async function saveSearch(context: Context, input: SavedSearchInput): Promise<SavedSearchRecord> {
  const { cvr, subject } = context.claims.caller;
  const kle = input.kle ?? null;
  if (kle !== null && !isKlePattern(kle)) throw badInput('input.kle', 'a KLE number or branch');
  if (input.shared && !context.guard.holds('alert-administer'))
    throw badInput('input.shared', 'false without the right to administer alerts');
  const search = {
    cvr,
    subject,
    name: checkText('input.name', input.name, 1, 100),
    shared: input.shared ?? false,
    states: [...new Set(input.states ?? [])],
    eventTypes: [...new Set(input.eventTypes ?? [])],
    groupId: input.groupId == null ? null : requireUuid('input.groupId', input.groupId),
    kle,
  };
  return context.guard.change('alert-read', { event: 'search-saved' }, (permit) =>
    context.searches.save(permit, search),
  );
}

export function forgetSearch(context: Context, rawId: string): Promise<boolean> {
  const id = requireUuid('id', rawId);
  const { cvr, subject } = context.claims.caller;
  return context.guard.change('alert-read', { event: 'search-saved', asked: [id] }, (permit) =>
    context.searches.forget(permit, id, cvr, subject),
  );
}
