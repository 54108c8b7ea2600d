const DAY_MS = 86_400_000;

/**
 * For how long something is kept or may wait. Never for the day after another: not every day has 24 hours; days are counted by
 * the calendar.
 * @returns the moment so many times 24 hours after another (before, when negative)
 */
export function daysFrom(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}
