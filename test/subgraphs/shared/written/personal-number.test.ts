import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  findPersonalNumber,
  isMistakenNumber,
  readBirthDigits,
} from '../../../../subgraphs/shared/written/personal-number.js';
import { normaliseCpr } from '../../../../subgraphs/shared/scalars/cpr.js';
import { readBirthDay } from '../../../../subgraphs/shared/written/day.js';
import { growth } from '../../../kit/growth.js';

const TODAY = '2026-11-27';
/** Work that grows with the text becomes about 4 times as much, with its square 16 times. */
const LINEAR = 9;

describe('a personal number is one however it is pasted', () => {
  test.each([
    '0505907200',
    '050590-7200',
    '050590–7200',
    '050590—7200',
    '050590‑7200',
    '050590‐7200',
    '050590−7200',
    '050590﹣7200',
    '050590 7200',
    '050590\u00a07200',
    '050590\u202f7200',
    '050590\u20097200',
    '050590\t7200\r\n',
    '05.05.90.7200',
    '05.05.90-7200',
    '05 05 90 7200',
    '050590.7200',
    '050590\u00ad7200',
    '050590\u200b7200',
    '\ufeff050590-7200\u200e',
    '\u2068050590-7200\u2069',
    '０５０５９０－７２００',
    'CPR 050590-7200',
    'cpr: 050590-7200',
    'CPR-nr. 050590-7200',
    'CPR.nr.: 0505907200',
    'cprnr0505907200',
    'CPR-nummer 050590 7200',
    'Personnummer: 050590-7200',
    'personnr. 050590-7200',
    'urn:oio:cpr-nr:0505907200',
    '(050590-7200)',
    '"050590-7200"',
    '050590-7200 (CPR)',
    '050590-7200.',
    '050590 - 7200',
  ])('%j', (text) => {
    expect(normaliseCpr(text)).toBe('0505907200');
    expect(findPersonalNumber(text)).toBe('0505907200');
  });
  test('a replacement number is one', () => {
    expect(normaliseCpr('CPR 650590-7200')).toBe('6505907200');
  });
  test.each([
    '',
    '050590-720',
    '050590-72000',
    '3002907200',
    '1/12345-67890',
    '11/12345-678',
    'KSD-2026-5068542',
    'KMD-1011123456',
    'P-nr. 1011123456',
    '0505907200 0505907201',
    '05O5907200',
    `050590-7200${' '.repeat(100)}`,
  ])('%j is none', (text) => {
    expect(normaliseCpr(text)).toBeUndefined();
  });
  test('any mixture of what stands between digits changes nothing', () => {
    const digits = '0505907200'.split('');
    const gap = fc.constantFrom(
      '',
      ' ',
      '-',
      '.',
      '–',
      '\u00a0',
      '\u200b',
      '\u00ad',
      '\t',
      '\ufeff',
      '\u2011',
    );
    fc.assert(
      fc.property(
        fc.array(gap, { minLength: 10, maxLength: 10 }),
        fc.constantFrom('', 'CPR ', 'cpr-nr.: '),
        (gaps, word) => {
          const text = word + digits.map((digit, i) => digit + gaps[i]!).join('');
          expect(normaliseCpr(text)).toBe('0505907200');
        },
      ),
    );
  });
});

describe('among other words', () => {
  test.each([
    ['Astrid Tornvig 050590-7200', '0505907200'],
    ['050590 7200 Eventyrstræde 1', '0505907200'],
    ['Vedr. borger cpr 050590–7200, Eventyrstræde 1', '0505907200'],
    ['sag 050590.7200', '0505907200'],
    ['Eventyrstræde 14, 1. th, 9996 Korsbæk', undefined],
    ['Nygade 10, 11. tv, 2100 København', undefined],
    ['KMD-1011123456', undefined],
    ['11/12345-678 og 12/12345-678', undefined],
    ['tlf. 12345678', undefined],
    ['300290-7200 Tornvig', undefined],
  ])('%s: %s', (text, number) => {
    expect(findPersonalNumber(text)).toBe(number);
  });
});

test('what was meant as a personal number and says no day is reported as such', () => {
  for (const text of ['300290-7200', 'CPR 3002907200', '300290 7200', 'cpr: 300290–7200'])
    expect([text, isMistakenNumber(text)]).toEqual([text, true]);
  for (const text of ['050590-7200', '3002907200', 'KSD-2026-5068542', '2024-012345', '11/12345-678', 'CPR'])
    expect([text, isMistakenNumber(text)]).toEqual([text, false]);
});

describe('half a personal number and a day are a birth date', () => {
  test.each([
    ['310585', ['1985-05-31']],
    ['31.05.85', ['1985-05-31']],
    ['31-05-85', ['1985-05-31']],
    ['31/05/85', ['1985-05-31']],
    ['31/5-85', ['1985-05-31']],
    ['31 05 85', ['1985-05-31']],
    ['31.5.85', ['1985-05-31']],
    ['3/5-85', ['1985-05-03']],
    ['CPR 310585', ['1985-05-31']],
    ['310585-', ['1985-05-31']],
    ['310585-****', ['1985-05-31']],
    ['310585-xxxx', ['1985-05-31']],
    ['310585\u00a0', ['1985-05-31']],
    ['31. maj 1985', ['1985-05-31']],
    ['31. maj 85', ['1985-05-31']],
    ['31 maj 1985', ['1985-05-31']],
    ['31.maj 1985', ['1985-05-31']],
    ['d. 31. maj 1985', ['1985-05-31']],
    ['den 31. MAJ 1985', ['1985-05-31']],
    ['31. Maj, 1985', ['1985-05-31']],
    ['3. okt. 1985', ['1985-10-03']],
    ['3. oktober 1985', ['1985-10-03']],
    ['3 December 1985', ['1985-12-03']],
    ['31.05.1985', ['1985-05-31']],
    ['1/2-1970', ['1970-02-01']],
    ['01021970', ['1970-02-01']],
    ['19700201', ['1970-02-01']],
    ['1985-05-31', ['1985-05-31']],
    ['31–05–1985', ['1985-05-31']],
    ['910585', ['1985-05-31']],
    ['310515', ['2015-05-31', '1915-05-31']],
    ['290200', ['2000-02-29']],
    ['311226', ['1926-12-31']],
    ['31. maj 2015', ['2015-05-31']],
  ])('%s: %j', (text, days) => {
    expect(readBirthDay(text, TODAY)).toEqual(days);
  });
  test.each([
    '31.02.1970',
    '320585',
    '123456',
    '31. maj',
    'maj 1985',
    '31. mai 1985',
    '31058',
    '3105855',
    'Eventyrstræde 310585',
    '0505907200',
    '',
    'x'.repeat(100),
  ])('%s is none', (text) => {
    expect(readBirthDay(text, TODAY)).toBeUndefined();
  });
  test('a day to come is no birth day of this century', () => {
    expect(readBirthDigits('281126', TODAY)).toEqual(['1926-11-28']);
    expect(readBirthDigits('271126', TODAY)).toEqual(['2026-11-27', '1926-11-27']);
  });
});

test('reading takes no longer than the text is long', async () => {
  const read = (length: number) => {
    for (const part of ['0 ', '1.', '٠-', '31. maj', '((((']) {
      const text = part.repeat(length);
      findPersonalNumber(text);
      normaliseCpr(text);
      readBirthDay(text, TODAY);
      isMistakenNumber(text);
    }
  };
  expect(await growth(read, 5000)).toBeLessThan(LINEAR);
}, 60_000);
