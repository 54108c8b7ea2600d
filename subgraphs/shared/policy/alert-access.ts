import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
import type { StoreFilter } from './store-filter.js';

/** An alert as decisions see it. `access.unit` is the receiving unit. */
export interface AlertFacts {
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
  readonly hasCase: boolean;
}

export interface AlertAccess {
  readonly matches: (alert: AlertFacts) => boolean;
  readonly filter: () => StoreFilter;
  readonly cases: RecordAccess;
}

/**
 * Alert rule: the receiving authority, KLE and unit of the alert right; and whoever may not see the
 * case behind an alert does not see the alert.
 */
export function compileAlertAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): AlertAccess {
  const alerts = compileRecordAccess(grantsOf(grants, ['alert-read']), agreements, 'alerts', requester);
  const cases = compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester);
  return {
    cases,
    matches: ({ access, caseFacts, hasCase }) =>
      alerts.matches(access) && (!hasCase || (caseFacts !== null && cases.matches(caseFacts))),
    filter: () => ({
      $and: [
        alerts.filter('access.'),
        { $or: [{ hasCase: false }, { hasCase: true, ...cases.filter('caseFacts.') }] },
      ],
    }),
  };
}

/** Whoever handles an alert may also see it: both rights must pass, and constraints of two grants are never mixed. */
export function compileAlertHandling(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): AlertAccess {
  const seen = compileAlertAccess(grants, agreements, requester);
  const handled = compileRecordAccess(grantsOf(grants, ['alert-handle']), agreements, 'alerts', requester);
  return {
    cases: seen.cases,
    matches: (alert) => seen.matches(alert) && handled.matches(alert.access),
    filter: () => ({ $and: [seen.filter(), handled.filter('access.')] }),
  };
}
