import { addDays } from './calendar.js';

/**
 * Periods are kept half-open: `to` is the first day after the period. People read and write its last day.
 * @param to `yyyy-mm-dd`; null for a period without end
 * @returns the last day of the period; null when it goes on
 */
export function lastDayBefore(to: string): string;
export function lastDayBefore(to: string | null): string | null;
export function lastDayBefore(to: string | null): string | null {
  return to === null ? null : addDays(to, -1);
}

/** @returns the first day after a period whose last day is given, as it is kept. */
export function firstDayAfter(last: string): string {
  return addDays(last, 1);
}

/** A half-open interval of days; null where it is open. */
export interface DayInterval {
  readonly from: string | null;
  readonly to: string | null;
}

/** @returns whether what is kept for a half-open interval holds on a day: from its first day, until the first day after it. */
export function holdsOn({ from, to }: DayInterval, day: string): boolean {
  return (from === null || from <= day) && (to === null || day < to);
}

/** The days that a person reads: the first and the last of the period, null where it is open. */
export interface ReadDays {
  readonly first: string | null;
  readonly last: string | null;
}

/** @returns the days of a half-open interval; one that ends before it began is the one day on which it was registered. */
export function daysOf({ from, to }: DayInterval): ReadDays {
  const last = lastDayBefore(to);
  return { first: from, last: from !== null && last !== null && last < from ? from : last };
}
