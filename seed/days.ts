/** @returns noon of a day as a time. */
export function noon(day: string): string {
  return `${day}T12:00:00.000Z`;
}
