const HOUR_MS = 3_600_000;

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** @returns what calendar and clock show in Denmark at a moment, `yyyy-mm-ddThh:mm`. */
export function danishClock(at: Date): string {
  return CLOCK.format(at).replace(' ', 'T');
}

/**
 * @param shown what calendar and clock show in Denmark, `yyyy-mm-ddThh:mm`
 * @returns the moment. An hour that comes twice, when summer time ends, is the first of the two; one that is left out, when it
 * begins, is the hour after it
 */
export function danishMoment(shown: string): Date {
  const utc = Date.parse(`${shown}:00Z`);
  const [summer, winter] = [new Date(utc - 2 * HOUR_MS), new Date(utc - HOUR_MS)];
  return danishClock(summer) === shown ? summer : winter;
}

/**
 * @param day `yyyy-mm-dd`
 * @returns the moment at which the day begins in Denmark. Clocks are changed later in the night, so there is exactly one
 */
export function danishMidnight(day: string): Date {
  return danishMoment(`${day}T00:00`);
}
