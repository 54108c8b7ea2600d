import type { StatusBadge } from '../../../schema/generated/citizens.js';
import { isReplacementNumber } from '../../shared/scalars/cpr.js';
import type { CitizenRecord } from '../source/records.js';

/** @returns what must be seen at once about a person, most serious first. */
export function badgesOf(record: CitizenRecord): StatusBadge[] {
  return [
    ...(record.status === 'RESIDENT' ? [] : [record.status]),
    ...(record.protectedAddress ? (['PROTECTED_ADDRESS'] as const) : []),
    ...(record.formerCprs.length > 0 ? (['CHANGED_CPR_NUMBER'] as const) : []),
    ...(isReplacementNumber(record.cpr) ? (['REPLACEMENT_NUMBER'] as const) : []),
  ];
}
