import type { AlertState } from '../../../schema/generated/alerts.js';
import { partiesOf } from '../../shared/guard/parties-of.js';
import type { PageArguments } from '../../shared/paging/page.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { AlertSectionModel } from '../models.js';
import { ALERT_ORDER, type AlertSource } from '../source/alert-source.js';
import type { AlertRecord } from '../source/records.js';

/**
 * How alerts are listed: newest first, whoever asks and for whatever.
 * @param most where counting them ends
 */
export const alertList = (source: AlertSource, most?: number): GuardedList<'alert-read', AlertRecord> => ({
  permission: 'alert-read',
  order: ALERT_ORDER,
  positionOf: (row) => [row.receivedAt, row._id],
  shown: (rows) => ({
    objects: rows.map((row) => row._id),
    kle: rows.map((row) => row.access.kle),
    about: rows.flatMap((row) => row.partyIds),
    parties: partiesOf(rows),
  }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow, most),
  first: (permit, narrow, limit) => source.first(permit, narrow, limit),
});

/** Opens the alert section of a person. */
export async function alertSection(context: Context, citizenId: string): Promise<AlertSectionModel> {
  const subject = { event: 'section-read', citizenId } as const;
  const head = await openSection(context.sections, {
    section: 'alerts',
    permission: 'alert-read',
    kind: 'alerts',
    subject,
  });
  return { ...head, citizenId };
}

/** A page of a person's alerts. */
export async function readAlerts(
  context: Context,
  section: AlertSectionModel,
  args: PageArguments & { readonly states?: readonly AlertState[] | null | undefined },
): Promise<GuardedPage<AlertRecord> | null> {
  if (!isReadable(section)) return null;
  const { citizenId } = section;
  const states = args.states ?? null;
  return readPage(context, alertList(context.source), {
    subject: { event: 'section-read', citizenId },
    narrow: { partyIds: citizenId, ...(states && { state: { $in: states } }) },
    few: true,
    page: args,
    scope: cursorScope(context, 'alerts', citizenId, states),
  });
}

/** @returns the case behind an alert. An alert whose case is hidden is itself hidden, so this gives nothing away. */
export function alertCase(context: Context, record: AlertRecord): { id: string } | null {
  const { cases } = context.guard.access('alert-read');
  return record.caseFacts && cases.matches(record.caseFacts) ? { id: record.caseFacts.caseId } : null;
}
