const DAY_MS = 86_400_000;

/** @returns the day `days` after a day (before, when negative), YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** @returns the first day of the month `months` after a day's month. */
export function monthStart(day: string, months = 0): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** @returns noon of a day as a time. */
export function noon(day: string): string {
  return `${day}T12:00:00.000Z`;
}
