import { daysOf } from '../../subgraphs/shared/days/period.js';
import { useWords, type Words } from '../text/text.js';

/**
 * The one way a page writes a period.
 * @param from its first day
 * @param to the first day after it
 * @returns the first and the last day
 */
export function periodText(
  { t, date, days }: Words,
  from: string | null | undefined,
  to: string | null | undefined,
): string {
  const { first, last } = daysOf({ from: from ?? null, to: to ?? null });
  if (first !== null && last !== null) return days(first, last);
  if (first !== null) return t('periodFrom', { date: date(first) });
  return last === null ? date(null) : t('periodTo', { date: date(last) });
}

/** @returns how periods are written in the language the user reads. */
export function usePeriod(): (from: string | null | undefined, to: string | null | undefined) => string {
  const words = useWords();
  return (from, to) => periodText(words, from, to);
}
