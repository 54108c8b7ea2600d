import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { periodText } from '../../web/parts/period.js';
import { wordsOf } from '../../web/text/text.js';
import { TEXTS } from '../../web/text/texts.js';

const { da, en } = TEXTS;
const WEB = join(import.meta.dirname, '..', '..', 'web');
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^(text|generated)\//.test(file))
  .map((file) => readFileSync(join(WEB, file), 'utf8'))
  .join('\n');

/** Whether a text is named outright, or by a prefix that values of the schema complete. */
function isUsed(name: string): boolean {
  if (new RegExp(`['"\`]${name}['"\`]`).test(sources)) return true;
  const prefix = /^([a-z]+)_/.exec(name)?.[1] ?? (name.startsWith('understood') ? 'understood' : undefined);
  return prefix !== undefined && new RegExp(`word\\('${prefix}'|\\\`${prefix}_?\\$\\{`).test(sources);
}

test('every text is used, and none is missing in either language', () => {
  for (const texts of [da, en])
    expect(Object.entries(texts).flatMap(([name, text]) => (text.trim() ? [] : [name]))).toEqual([]);
  expect(da).toMatchObject({ search: 'Søg', log: 'Opslagslog' });
  expect(en).toMatchObject({ search: 'Search', log: 'Look-up log' });
  expect(Object.keys(da).filter((name) => !isUsed(name))).toEqual([]);
  expect(isUsed('noSuchText')).toBe(false);
});

test('a text has the same places to fill in both languages', () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [name, text] of Object.entries(da))
    expect([name, places(en[name as keyof typeof en])]).toEqual([name, places(text)]);
});

test('dates, times and money stand in Danish form; what is not known is a dash', () => {
  const { date, time, kroner, word, t } = wordsOf('da');
  expect(date('2026-03-01')).toBe('1. mar. 2026');
  expect(time('2026-07-01T10:30:00Z')).toBe('1. jul. 2026, 12.30');
  expect(kroner(123_456_789)).toMatch(/^1\.234\.567,89\skr\.$/);
  expect([date(null), time(undefined), word('state', null)]).toEqual(['–', '–', '–']);
  expect(word('state', 'CLOSED')).toBe('Afsluttet');
  expect(word('state', 'UNHEARD_OF')).toBe('UNHEARD_OF');
  expect(t('shownOf', { shown: 3, total: 9 })).toBe('Viser 3 af 9');
});

test('a period stands with its first and its last day', () => {
  const period = (from: string | null, to?: string | null) => periodText(wordsOf('da'), from, to);
  expect(period('2026-10-01', '2026-11-01')).toBe('1.–31. okt. 2026');
  expect(period('2026-10-01', '2026-12-01')).toBe('1. okt.–30. nov. 2026');
  expect(period('2025-10-01', '2026-01-01')).toBe('1. okt.–31. dec. 2025');
  expect(period('2024-02-29', '2024-03-01')).toBe('29. feb. 2024');
  expect(period('2026-10-01', '2026-10-01')).toBe('1. okt. 2026');
  expect(period('2026-03-01', null)).toBe('fra 1. mar. 2026');
  expect(period(null, '2026-11-01')).toBe('til og med 31. okt. 2026');
  expect(period(null, undefined)).toBe('–');
  expect(periodText(wordsOf('en'), '2026-10-01', '2026-11-01')).toMatch(/^1\s*–\s*31 Oct 2026$/);
});

test('no page writes a period by hand, nor an end that is the first day after it', () => {
  const ends = /\{\s*(date|time)\([^)]*\)\s*\}\s*–|date\([\w.?]*(validTo|endsOn|periodTo|\.to)\b/g;
  const found = (sources.match(ends) ?? []).filter(
    (expression) => !/time\(lift\.|remark\.validTo/.test(expression),
  );
  expect(found).toEqual([]);
});
