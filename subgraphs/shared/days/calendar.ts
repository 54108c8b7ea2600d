const DAY_MS = 86_400_000;

/** A civil day as text is only its year, month and day: no clock and no time zone. This folder alone makes one of a date. */
const textOf = (midnight: Date): string => midnight.toISOString().slice(0, 10);

/** @returns the day `days` after a day (before, when negative), `yyyy-mm-dd`. */
export function addDays(day: string, days: number): string {
  return textOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** @returns the day some calendar months before, `yyyy-mm-dd`; a day that does not exist becomes the month's last. */
export function monthsBefore(today: string, months: number): string {
  const [year, month, day] = partsOf(today);
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return textOf(new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastDay))));
}

/** @returns the day some years after, `yyyy-mm-dd`; 29 February becomes the 28th where there is none. */
export function addYears(day: string, years: number): string {
  return monthsBefore(day, -12 * years);
}

/** @returns the first day of the month `months` after a day's month, `yyyy-mm-dd`. */
export function monthStart(day: string, months = 0): string {
  const [year, month] = partsOf(day);
  return textOf(new Date(Date.UTC(year, month - 1 + months, 1)));
}

/** @returns a day, `yyyy-mm-dd`; undefined for one that no calendar has. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? textOf(date) : undefined;
}

/** @returns whole years of age on a day. Whoever was born on 29 February is a year older on 1 March where there is no 29th. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function partsOf(day: string): [number, number, number] {
  const [year = NaN, month = NaN, dayOfMonth = NaN] = day.split('-').map(Number);
  return [year, month, dayOfMonth];
}
