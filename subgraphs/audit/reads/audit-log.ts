import type { AuditEntryConnection, AuditFilter } from '../../../schema/generated/audit.js';
import type { AuditEntry } from '../../shared/audit/entry.js';
import type { PageArguments } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { checkNoPersonalNumber } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import { loggedSpellings } from '../../shared/scalars/uuid.js';
import { type GuardedList, readPage } from '../../shared/sections/guarded-list.js';
import type { Context } from '../context.js';
import { LOG_ORDER, type LogSource } from '../source/log-source.js';

const log = (source: LogSource): GuardedList<'audit-read', AuditEntry> => ({
  permission: 'audit-read',
  order: LOG_ORDER,
  positionOf: (row) => [row.at, row._id],
  shown: (rows) => ({ objects: rows.map((row) => row._id) }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
});

/** A page of the log of the caller's authority. Reading the log is itself logged. */
export async function readAuditLog(
  context: Context,
  filter: AuditFilter,
  page: PageArguments,
): Promise<AuditEntryConnection | null> {
  checkTexts(filter);
  const narrow = narrowBy(filter);
  const found = await readPage(context, log(context.source), {
    subject: { event: 'log-read', criteria: loggedCriteria(filter) },
    narrow,
    page,
    scope: cursorScope(context, 'auditLog', narrow),
  });
  return (
    found && {
      edges: found.edges.map(({ cursor, node }) => ({ cursor, node: present(node) })),
      pageInfo: found.pageInfo,
    }
  );
}

/** What is filtered by is logged: a personal number pasted into a field of another kind is not. */
function checkTexts({ user, requestId, lookupId, event }: AuditFilter): void {
  for (const [name, text] of Object.entries({ user, requestId, lookupId, event }))
    if (text != null) checkNoPersonalNumber(`filter.${name}`, text);
}

function narrowBy(filter: AuditFilter): StoreFilter {
  const { user, citizenId, requestId, lookupId, from, to, decision, event, alarmed } = filter;
  return {
    ...(user != null && { user: { $in: loggedSpellings(user) } }),
    ...(citizenId != null && {
      citizenId: { $in: loggedSpellings(requireUuid('filter.citizenId', citizenId)) },
    }),
    ...(requestId != null && { requestId }),
    ...(lookupId != null && { lookupId }),
    ...(decision != null && { decision }),
    ...(event != null && { event }),
    ...(alarmed === true && { alarms: { $gt: '' } }),
    ...((from != null || to != null) && { at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
}

function loggedCriteria(filter: AuditFilter): { name: string; value: string }[] {
  return Object.entries(filter).flatMap(([name, value]) =>
    value == null ? [] : [{ name, value: value instanceof Date ? value.toISOString() : String(value) }],
  );
}

function present(entry: AuditEntry): AuditEntryConnection['edges'][number]['node'] {
  return {
    id: entry._id,
    at: entry.at,
    user: entry.user,
    unit: entry.unit,
    event: entry.event,
    decision: entry.decision,
    permission: entry.permission,
    ruleCode: entry.ruleCode,
    operation: entry.operation,
    purpose: entry.purpose,
    requestId: entry.requestId,
    lookupId: entry.lookupId,
    citizenId: entry.citizenId,
    objects: entry.objects,
    kle: entry.kle,
    rights: entry.rights,
    criteria: entry.criteria,
    alarms: entry.alarms,
    parts: entry.parts ?? [],
  };
}
