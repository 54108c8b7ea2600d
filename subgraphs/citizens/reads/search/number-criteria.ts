import { badInput } from '../../../shared/errors/coded-error.js';
import { normaliseCpr } from '../../../shared/scalars/cpr.js';
import { readBirthDigits } from '../../../shared/written/personal-number.js';
import { type Criterion, foundBy } from './criterion.js';

/** @returns whoever has or had a personal number, or was born on the day its first half says. */
export function cprCriterion(text: string, today: string): Criterion {
  const cpr = normaliseCpr(text);
  if (cpr !== undefined)
    return {
      alternatives: [{ cprKeys: cpr }],
      logged: [{ name: 'cprNumber', value: cpr }],
      found: (record) => foundBy(record.cpr === cpr ? 'CPR_NUMBER' : 'FORMER_CPR_NUMBER'),
    };
  const days = readBirthDigits(text, today);
  if (days === undefined)
    throw badInput('criteria.cprNumber', 'a personal number of ten digits, or its first six: DDMMYY');
  return birthCriterion(days);
}

/** @returns whoever was born on one of these days. */
export function birthCriterion(days: readonly string[]): Criterion {
  return {
    alternatives: [{ birthDate: { $in: days } }],
    logged: days.map((value) => ({ name: 'birthDate', value })),
    found: () => foundBy('BIRTH_DATE'),
  };
}
