/** Personal numbers (domain.md §7.1). Modulus 11 is never a reason to refuse (F93). */

/** @returns the ten digits, or undefined when the text is no personal number. Hyphen and spaces are ignored (F11). */
export function normaliseCpr(text: string): string | undefined {
  if (text.length > 32) return undefined;
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{10}$/.test(digits) && birthDateOfCpr(digits) !== undefined ? digits : undefined;
}

/** @returns whether the number is an administrative replacement number: day plus 60 (F94). */
export function isReplacementNumber(cpr: string): boolean {
  return Number(cpr.slice(0, 2)) > 60;
}

/** @returns the birth date the number says, YYYY-MM-DD; undefined when day, month and century give no date. */
export function birthDateOfCpr(cpr: string): string | undefined {
  const rawDay = Number(cpr.slice(0, 2));
  const day = rawDay > 60 ? rawDay - 60 : rawDay;
  const month = Number(cpr.slice(2, 4));
  const year = yearOf(Number(cpr.slice(4, 6)), Number(cpr[6]));
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && month >= 1 && month <= 12 && day >= 1 ? date.toISOString().slice(0, 10) : undefined;
}

/** Century by the seventh digit (domain.md §7.1). */
function yearOf(twoDigits: number, seventh: number): number {
  if (seventh <= 3) return 1900 + twoDigits;
  if (seventh === 4 || seventh === 9) return (twoDigits <= 36 ? 2000 : 1900) + twoDigits;
  return (twoDigits <= 57 ? 2000 : 1800) + twoDigits;
}

/** @returns the number with the last four digits hidden (F18). */
export function maskCpr(cpr: string): string {
  return `${cpr.slice(0, 6)}-****`;
}

/** @returns the number as people write it. */
export function formatCpr(cpr: string): string {
  return `${cpr.slice(0, 6)}-${cpr.slice(6)}`;
}

const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/** @returns whether the number satisfies the old modulus 11 check; used only to make test numbers that cannot exist. */
export function satisfiesModulus11(cpr: string): boolean {
  return WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(cpr[i]), 0) % 11 === 0;
}
