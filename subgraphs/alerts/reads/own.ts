import type { Context } from '../context.js';
import { partiesOfReminders } from '../source/own-source.js';
import type { AlertGroupRecord, ReminderRecord, SavedSearchRecord } from '../source/records.js';

/** The alert groups of the caller's authority. */
export async function readGroups(context: Context): Promise<AlertGroupRecord[] | null> {
  const result = await context.guard.read(
    'alert-administer',
    { event: 'access-viewed' },
    (permit) => context.groups.list(permit),
    (groups) => ({ objects: groups.map(({ _id }) => _id) }),
  );
  return result.permitted ? result.value : null;
}

/** The caller's own open reminders. */
export async function readReminders(
  context: Context,
  dueBy: string | null,
): Promise<ReminderRecord[] | null> {
  const result = await context.guard.read(
    'alert-handle',
    { event: 'section-read' },
    (permit) => context.reminders.open(permit, dueBy),
    (reminders) => ({
      objects: reminders.map(({ _id }) => _id),
      parties: partiesOfReminders(reminders),
    }),
  );
  return result.permitted ? result.value : null;
}

/** Saved searches: the caller's own and the authority's. */
export async function readSearches(context: Context): Promise<SavedSearchRecord[] | null> {
  const { cvr, subject } = context.claims.caller;
  const result = await context.guard.read(
    'alert-read',
    { event: 'section-read' },
    (permit) => context.searches.list(permit, cvr, subject),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}
