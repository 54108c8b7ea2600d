import type { AlertInboxFilter, AlertState } from '../../../schema/generated/alerts.js';
import { danishMidnight } from '../../shared/days/danish-clock.js';
import { badInput } from '../../shared/errors/coded-error.js';
import type { PageArguments } from '../../shared/paging/page.js';
import { isKlePattern, kleConditions, klePrefix } from '../../shared/policy/kle.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import { type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import type { Context } from '../context.js';
import type { AlertInboxModel } from '../models.js';
import { type InboxGroup, MOST_COUNTED } from '../source/alert-source.js';
import type { AlertRecord } from '../source/records.js';
import { alertList } from './alert-lists.js';

const STATES: readonly AlertState[] = ['NEW', 'IN_PROGRESS', 'COMPLETED'];
/** What an inbox shows when no state is asked for. */
const OPEN: readonly AlertState[] = ['NEW', 'IN_PROGRESS'];
const SUBJECT = { event: 'section-read' } as const;

/** Opens the inbox: what it is narrowed to. Nothing is loaded yet. */
export async function openInbox(context: Context, filter: AlertInboxFilter): Promise<AlertInboxModel | null> {
  if (!(await context.guard.mayEnter('alert-read', SUBJECT))) return null;
  const { cvr, subject } = context.claims.caller;
  const { states, eventTypes, groupId, mine, kle, receivedFrom, receivedBefore } = filter;
  if (kle != null && !isKlePattern(kle)) throw badInput('filter.kle', 'a KLE number or branch');
  const conditions: StoreFilter[] = [
    { 'access.ownerCvr': cvr },
    ...(eventTypes ? [{ eventType: { $in: eventTypes } }] : []),
    ...(groupId == null ? [] : [{ groupId: requireUuid('filter.groupId', groupId) }]),
    ...(mine ? [{ assignee: subject }] : []),
    ...(kle == null ? [] : kleConditions([klePrefix(kle)]).map((condition) => ({ 'access.kle': condition }))),
    ...(receivedFrom == null ? [] : [{ receivedAt: { $gte: danishMidnight(receivedFrom) } }]),
    ...(receivedBefore == null ? [] : [{ receivedAt: { $lt: danishMidnight(receivedBefore) } }]),
  ];
  return { narrow: { $and: conditions }, states: states ?? OPEN };
}

/** A page of the inbox, newest first. */
export function readInbox(
  context: Context,
  inbox: AlertInboxModel,
  page: PageArguments,
): Promise<GuardedPage<AlertRecord> | null> {
  const narrow = { $and: [inbox.narrow, { state: { $in: inbox.states } }] };
  return readPage(context, alertList(context.source, MOST_COUNTED), {
    subject: SUBJECT,
    narrow,
    page,
    scope: cursorScope(context, 'alertInbox', narrow),
  });
}

/** The groups an inbox can be narrowed to: those of alerts the caller may see. */
export async function inboxGroups(
  context: Context,
  { states }: AlertInboxModel,
): Promise<InboxGroup[] | null> {
  const { cvr } = context.claims.caller;
  const result = await context.guard.read(
    'alert-read',
    SUBJECT,
    (permit) => context.source.groups(permit, cvr, states),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}

/** How many alerts of each state there are; a count names nobody. */
export async function countInbox(
  context: Context,
  { narrow }: AlertInboxModel,
): Promise<{ state: AlertState; count: number }[] | null> {
  const result = await context.guard.read(
    'alert-read',
    SUBJECT,
    (permit) =>
      Promise.all(
        STATES.map(async (state) => ({
          state,
          count: await context.source.count(permit, { $and: [narrow, { state }] }, MOST_COUNTED),
        })),
      ),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}
