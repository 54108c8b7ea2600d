const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' });

/** @returns the civil day in Denmark at a moment, as `yyyy-mm-dd`. */
export function danishDay(at: Date): string {
  return DAY.format(at);
}
