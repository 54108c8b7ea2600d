import { dayOf } from '../days/calendar.js';
import { withoutPunctuation } from '../written/plain-digits.js';

/** Personal numbers (docs/field.md, Personal numbers). Modulus 11 is never a reason to refuse. */

/** Ten digits, and how people announce a personal number. */
const WHOLE = /^(?:(?:urnoio)?cpr|personal|person)?(?:nr|nummer|number|no)?(?<digits>\d{10})(?:cpr)?$/;

/**
 * Reads a personal number however it was written or pasted: with any dash, dot, space or invisible character, and with or without
 * the word CPR. The page and the graph read by this alone.
 * @returns the ten digits; undefined for anything else, ten digits that say no existing day among it
 */
export function normaliseCpr(text: string): string | undefined {
  const digits = WHOLE.exec(withoutPunctuation(text) ?? '')?.groups?.['digits'];
  return digits !== undefined && birthDateOfCpr(digits) !== undefined ? digits : undefined;
}

/** @returns whether the number is an administrative replacement number: day plus 60. */
export function isReplacementNumber(cpr: string): boolean {
  return Number(cpr.slice(0, 2)) > 60;
}

/** @returns the birth date the number says, YYYY-MM-DD; undefined when day, month and century give no date. */
export function birthDateOfCpr(cpr: string): string | undefined {
  const rawDay = Number(cpr.slice(0, 2));
  const day = rawDay > 60 ? rawDay - 60 : rawDay;
  const month = Number(cpr.slice(2, 4));
  const year = yearOf(Number(cpr.slice(4, 6)), Number(cpr[6]));
  return dayOf(year, month, day);
}

/** Century by the seventh digit (docs/field.md, Personal numbers). */
function yearOf(twoDigits: number, seventh: number): number {
  if (seventh <= 3) return 1900 + twoDigits;
  if (seventh === 4 || seventh === 9) return (twoDigits <= 36 ? 2000 : 1900) + twoDigits;
  return (twoDigits <= 57 ? 2000 : 1800) + twoDigits;
}

/** @returns the number with the last four digits hidden. */
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
