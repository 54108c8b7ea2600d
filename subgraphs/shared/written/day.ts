import { readBirthDigits } from './personal-number.js';

const MONTHS = [
  /^jan(uar|uary)?$/,
  /^feb(ruar|ruary)?$/,
  /^mar(ts|ch)?$/,
  /^apr(il)?$/,
  /^ma[jy]$/,
  /^jun[ie]?$/,
  /^jul[iy]?$/,
  /^aug(ust)?$/,
  /^sept?(ember)?$/,
  /^o[kc]t(ober)?$/,
  /^nov(ember)?$/,
  /^de[cs](ember)?$/,
];

const WRITTEN = [
  /^(?<year>\d{4})[-./ ]?(?<month>\d{2})[-./ ]?(?<day>\d{2})$/,
  /^(?<day>\d{1,2})[-./ ]{1,2}(?<month>\d{1,2})[-./ ]{1,2}(?<year>\d{4}|\d{2})$/,
  /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/,
  /^(?:d(?:en)?\.? ?)?(?<day>\d{1,2})\.?[- ]?(?<word>\p{L}{3,9})\.?[- ,]{0,2}(?<year>\d{4}|\d{2})$/u,
];

const MAX_LENGTH = 32;
/** Eight digits that would say an earlier year say something else. */
const EARLIEST = '1850';

/**
 * Reads a day of birth as Danes write it: `31.05.1985`, `31/5-85`, `31. maj 1985`, `310585`, `1985-05-31`.
 * @param today the last day that can be meant by a year of two digits, `yyyy-mm-dd`
 * @returns the days it can be, `yyyy-mm-dd`, the latest first; undefined when it is none
 */
export function readBirthDay(text: string, today: string): string[] | undefined {
  const given = tidy(text);
  if (given.length > MAX_LENGTH) return undefined;
  for (const pattern of WRITTEN) {
    const { year, month, day, word } = pattern.exec(given)?.groups ?? {};
    const number = word === undefined ? month : monthNumber(word);
    if (year === undefined || day === undefined || number === undefined) continue;
    const days = daysOf(day.padStart(2, '0'), number.padStart(2, '0'), year, today);
    if (days) return days;
  }
  return readBirthDigits(text, today);
}

function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Format}\p{Default_Ignorable_Code_Point}\p{Mark}]/gu, '')
    .replace(/[\p{Dash_Punctuation}\u2212]/gu, '-')
    .replace(/[\p{Separator}\p{Control}]+/gu, ' ')
    .trim();
}

function monthNumber(word: string): string | undefined {
  const at = MONTHS.findIndex((month) => month.test(word));
  return at < 0 ? undefined : String(at + 1);
}

function daysOf(day: string, month: string, year: string, today: string): string[] | undefined {
  if (year.length === 2) return readBirthDigits(`${day}${month}${year}`, today);
  const iso = `${year}-${month}-${day}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
  return exists && iso >= EARLIEST ? [iso] : undefined;
}
