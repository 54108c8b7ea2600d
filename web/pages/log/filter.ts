import { danishMidnight } from '../../../subgraphs/shared/days/danish-clock.js';
import { firstDayAfter } from '../../../subgraphs/shared/days/period.js';
import type { AuditFilter } from '../../generated/operations.js';

export const DECISIONS = ['PERMIT', 'REFUSE', 'FAILURE'] as const;

/**
 * @returns what the fields narrow the log to; an empty field narrows nothing. Days are Danish days, the last one with all that
 * happened on it
 */
export function filterOf(fields: FormData): AuditFilter {
  const text = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const [first, last] = [text('from'), text('to')];
  return {
    user: text('user'),
    citizenId: text('citizenId'),
    requestId: text('requestId'),
    event: text('event'),
    from: first && danishMidnight(first).toISOString(),
    to: last && danishMidnight(firstDayAfter(last)).toISOString(),
    decision: DECISIONS.find((decision) => decision === text('decision')) ?? null,
    alarmed: fields.get('alarmed') === 'on' ? true : null,
  };
}
