import { birthDateOfCpr, normaliseCpr } from '../scalars/cpr.js';
import { withoutPunctuation } from './plain-digits.js';

/** The first half, announced or not, alone or before what stands for the last four digits. */
const HALF = /^(?:(?:urnoio)?cpr|personal|person)?(?:nr|nummer|number|no)?(?<digits>\d{6})(?:[x*]{4})?$/;
/** Ten digits in the form of a personal number, whatever date they say. */
const SHAPED = /^\D*\d{6}[^\p{L}\p{N}/]{1,3}\d{4}\D*$/u;

/** @returns whether a text was meant as a personal number and is none: its digits say no existing day. */
export function isMistakenNumber(text: string): boolean {
  const plain = withoutPunctuation(text) ?? '';
  if (normaliseCpr(text) !== undefined || !/\d{10}/.test(plain)) return false;
  return /^(urnoio)?cpr/.test(plain) || SHAPED.test(text);
}

/**
 * Reads the first half of a personal number: a day of birth in whichever century. Sixty more than the day is a replacement number.
 * @param today the last day that can be meant, `yyyy-mm-dd`
 * @returns the days it can be, the latest first; undefined when it is none
 */
export function readBirthDigits(text: string, today: string): string[] | undefined {
  const digits = HALF.exec(withoutPunctuation(text) ?? '')?.groups?.['digits'];
  if (digits === undefined) return undefined;
  // Nobody in the register was born before 1900 and is alive: a seventh digit of 0 says 1900–1999, one of 5 says 2000–2057.
  const days = ['5', '0'].flatMap((seventh) => birthDateOfCpr(`${digits}${seventh}000`) ?? []);
  const past = days.filter((day) => day >= '1900' && day <= today);
  return past.length > 0 ? past : undefined;
}

/** Ten digits by themselves among other words. */
const AMONG_WORDS = /(?<![\p{L}\p{N}/-])\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]{0,3}\d{4}(?![\p{L}\p{N}/])/gu;

/**
 * Finds a personal number that stands among other words.
 * @returns the ten digits of the first; undefined when there is none
 */
export function findPersonalNumber(text: string): string | undefined {
  const spaced = text
    .normalize('NFKC')
    .replace(/[\p{Format}\p{Default_Ignorable_Code_Point}\p{Mark}]/gu, '')
    .replace(/[\p{Dash_Punctuation}\u2212]/gu, '-')
    .replace(/[\p{Separator}\p{Control}]+/gu, ' ');
  const found = spaced.match(AMONG_WORDS) ?? [];
  return normaliseCpr(text) ?? found.map(normaliseCpr).find((number) => number !== undefined);
}
