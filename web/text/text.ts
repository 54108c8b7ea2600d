import { createContext, useContext } from 'react';
import { TEXTS, type TextName } from './texts.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';

export type Language = 'da' | 'en';

/** Texts of one language, and how it writes dates, numbers and money. */
export interface Words {
  readonly language: Language;
  /** @param values what stands in the braces of the text */
  readonly t: (name: TextName, values?: Readonly<Record<string, string | number>>) => string;
  /** @returns the word for a value of the schema, such as `state_CLOSED`; the value itself when there is none. */
  readonly word: (prefix: string, value: string | null | undefined) => string;
  readonly date: (day: string | null | undefined) => string;
  /** @returns two days as one writes from the one to the other. */
  readonly days: (first: string, last: string) => string;
  readonly time: (at: string | null | undefined) => string;
  readonly kroner: (ore: number) => string;
  /** @returns a count with the language's separators. */
  readonly number: (count: number) => string;
}

/** Danish forms of dates and money in both languages: the amounts are Danish kroner, the days Danish days. */
const LOCALE = { da: 'da-DK', en: 'en-DK' } as const;
const UNKNOWN = '–';

export function wordsOf(language: Language): Words {
  const texts = TEXTS[language];
  const named = (name: string) => ownValue<string>(texts, name);
  const days = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(LOCALE[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Copenhagen',
  });
  const moment = (day: string) => new Date(`${day}T00:00:00Z`);
  const counts = new Intl.NumberFormat(LOCALE[language]);
  const money = new Intl.NumberFormat(LOCALE[language], { style: 'currency', currency: 'DKK' });
  return {
    language,
    t: (name, values = {}) =>
      texts[name].replace(/\{(\w+)\}/g, (whole, key: string) => String(ownValue(values, key) ?? whole)),
    word: (prefix, value) => (value ? (named(`${prefix}_${value}`) ?? value) : UNKNOWN),
    date: (day) => (day ? days.format(moment(day)) : UNKNOWN),
    days: (first, last) => days.formatRange(moment(first), moment(last)),
    time: (at) => (at ? times.format(new Date(at)) : UNKNOWN),
    kroner: (ore) => money.format(ore / 100),
    number: (count) => counts.format(count),
  };
}

export const WordsContext = createContext<Words>(wordsOf('da'));

/** @returns the texts of the language the user reads. */
export const useWords = (): Words => useContext(WordsContext);
