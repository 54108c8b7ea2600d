const HOUR_MS = 3_600_000;

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'short',
});

/**
 * @param day `yyyy-mm-dd`
 * @returns the moment at which the day begins in Denmark. Clocks are changed later in the night, so there is exactly one
 */
export function danishMidnight(day: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const [winter, summer] = [new Date(utc - HOUR_MS), new Date(utc - 2 * HOUR_MS)];
  return CLOCK.format(winter).startsWith(`${day} 00`) ? winter : summer;
}
