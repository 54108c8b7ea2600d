import { AlertSource } from '../../../subgraphs/alerts/source/alert-source.js';
import { alertCollections } from '../../../subgraphs/alerts/source/collections.js';
import { LogSource } from '../../../subgraphs/audit/source/log-source.js';
import type { StoreConnection } from '../../../store/connection.js';
import { auditCollections } from '../../../subgraphs/shared/audit/mongo-sink.js';
import type { Permit } from '../../../subgraphs/shared/guard/permit.js';
import type { StoreFilter } from '../../../subgraphs/shared/policy/store-filter.js';
import { PAGE } from '../../kit/query-shapes/shape.js';
import { OWN } from '../../kit/query-shapes/records.js';

/** First pages as the product asks for them, by what they are narrowed to. */
export type Pages = Readonly<Record<string, () => Promise<readonly unknown[]>>>;

const OPEN: StoreFilter = { state: { $in: ['NEW', 'IN_PROGRESS'] } };
const own: StoreFilter = { 'access.ownerCvr': OWN };

/** @returns the pages of an inbox, for a user who may see all alerts of the authority */
export function inboxPages({ database }: Pick<StoreConnection, 'database'>): Pages {
  const source = new AlertSource(alertCollections(database('alerts')));
  // cast: what the source asks of a permit
  const permit = { access: { matches: () => true, filter: () => own } } as unknown as Permit<'alert-read'>;
  const narrowed: Readonly<Record<string, StoreFilter>> = {
    nothing: {},
    group: { groupId: 'group-7' },
    'event type': { eventType: { $in: ['EVENT_3'] } },
    'own alerts': { assignee: 'user-7' },
    area: { 'access.kle': { $gte: '33', $lt: '34' } },
  };
  return pagesOf(narrowed, (filter) => source.list(permit, { $and: [own, OPEN, filter] }, PAGE));
}

/** @returns the pages of the look-up log of an authority */
export function logPages({ database }: Pick<StoreConnection, 'database'>, entries: number): Pages {
  const source = new LogSource(
    auditCollections(database('audit')),
    { keys: [], anchorFile: undefined },
    new Map(),
  );
  // cast: what the source asks of a permit
  const permit = { access: { cvrs: [OWN] } } as unknown as Permit<'audit-read'>;
  const user = { user: { $in: ['user-7'] } };
  const refused = { decision: 'REFUSE' };
  const middle = Date.parse('2020-01-01T00:00:00Z') + entries * 500;
  const period = { at: { $gte: new Date(middle), $lt: new Date(middle + 3_600_000) } };
  const narrowed: Readonly<Record<string, StoreFilter>> = {
    nothing: {},
    user,
    citizen: { citizenId: { $in: ['person-77'] } },
    'a citizen looked up often': { citizenId: { $in: ['person-1'] } },
    request: { requestId: 'request-777' },
    'look-up': { lookupId: 'look-up-777' },
    kind: { event: 'searched' },
    'a kind there is none of': { event: 'simulated' },
    refusals: refused,
    failures: { decision: 'FAILURE' },
    permits: { decision: 'PERMIT' },
    alarms: { alarms: { $gt: '' } },
    period,
    'user and refusals': { ...user, ...refused },
    'user and kind': { ...user, event: 'searched' },
    'user and period': { ...user, ...period },
    'kind and period': { event: 'searched', ...period },
    'user, kind, refusals and period': { ...user, event: 'searched', ...refused, ...period },
    'an unknown user and a kind': { user: { $in: ['nobody'] }, event: 'searched' },
  };
  return pagesOf(narrowed, (filter) => source.list(permit, filter, PAGE));
}

function pagesOf(
  narrowed: Readonly<Record<string, StoreFilter>>,
  list: (filter: StoreFilter) => Promise<readonly unknown[]>,
): Pages {
  return Object.fromEntries(Object.entries(narrowed).map(([name, filter]) => [name, () => list(filter)]));
}
