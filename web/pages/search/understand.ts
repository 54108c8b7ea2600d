import type { CitizenSearchInput } from '../../generated/operations.js';

/** What a search field was understood as. */
export type Understood =
  | { readonly as: 'Cpr' | 'Name' | 'Address' | 'BirthDate'; readonly criteria: CitizenSearchInput }
  | { readonly as: 'Case'; readonly caseNumber: string };

export const MAX_SEARCH = 200;

/**
 * Understands what a user writes in the one search field (issue 6, line 2). Ten digits, with or without spaces and a dash, are a
 * personal number; a day is a birth date; one word with digits is a case number; words with digits are an address; all else is a
 * name.
 * @returns undefined for nothing and for what is too long
 */
export function understand(text: string): Understood | undefined {
  const given = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (given === '' || given.length > MAX_SEARCH) return undefined;
  const digits = given.replace(/[\s–-]/g, '');
  if (/^\d{10}$/.test(digits)) return { as: 'Cpr', criteria: { cprNumber: digits } };
  const birthDate = dayOf(given);
  if (birthDate) return { as: 'BirthDate', criteria: { birthDate } };
  if (!/\d/.test(given)) return { as: 'Name', criteria: { name: given } };
  if (!given.includes(' ')) return { as: 'Case', caseNumber: given };
  return { as: 'Address', criteria: { address: given } };
}

const DAYS = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  /^(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4})$/,
  /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/,
];

/** @returns a day of the calendar as `yyyy-mm-dd`. */
function dayOf(text: string): string | undefined {
  for (const pattern of DAYS) {
    const { year, month, day } = pattern.exec(text)?.groups ?? {};
    if (!year || !month || !day) continue;
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const parsed = new Date(`${iso}T00:00:00Z`);
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso)) return iso;
  }
  return undefined;
}
