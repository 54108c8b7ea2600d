import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SEARCH, understand } from '../../../web/pages/search/understand.js';

const cpr = (cprNumber: string) => ({ as: 'Cpr', criteria: { cprNumber } });
const half = (cprNumber: string) => ({ as: 'BirthDate', criteria: { cprNumber } });
const born = (birthDate: string) => ({ as: 'BirthDate', criteria: { birthDate } });
const name = (nameOrStreet: string) => ({ as: 'Name', criteria: { nameOrStreet } });
const address = (text: string) => ({ as: 'Address', criteria: { address: text } });
const caseNumber = (text: string) => ({ as: 'Case', caseNumber: text });

test.each([
  ['ten digits', '0101701234', cpr('0101701234')],
  ['a personal number with a dash', '010170-1234', cpr('0101701234')],
  ['a pasted one with spaces', '  01 01 70 – 1234\t', cpr('0101701234')],
  ['one with its name', 'CPR-nr.: 010170\u20111234', cpr('0101701234')],
  ['one with what is not seen', '\ufeff01.01.70\u200b1234', cpr('0101701234')],
  ['one among words', 'Astrid Tornvig 010170-1234', cpr('0101701234')],
  ['one before an address', '010170 1234 Algade 1', cpr('0101701234')],
  ['a replacement number', '610170-1234', cpr('6101701234')],
  ['a Danish day', '1/2-1970', born('1970-02-01')],
  ['a day with dots', '01.02.1970', born('1970-02-01')],
  ['eight digits', '01021970', born('1970-02-01')],
  ['an ISO day', '1970-02-01', born('1970-02-01')],
  ['half a number', '310585', born('1985-05-31')],
  ['half a number, the rest masked', '310585-****', born('1985-05-31')],
  ['half a number with its name', 'CPR 310585', born('1985-05-31')],
  ['a short year', '31.05.85', born('1985-05-31')],
  ['a short year with a slash', '31/5-85', born('1985-05-31')],
  ['a month in words', '31. maj 1985', born('1985-05-31')],
  ['a month in words, short year', '31. maj 85', born('1985-05-31')],
  ['half a number of either century', '310515', half('310515')],
  ['a short year of either century', '31. maj 15', half('310515')],
  ['a replacement number of either century', '910515', half('310515')],
  ['a day of one century alone', '290200', born('2000-02-29')],
  ['a day that is none', '31.02.1970', caseNumber('31.02.1970')],
  ['six digits that are no day', '123456', caseNumber('123456')],
  ['a name', 'Astrid  Tornvig', name('Astrid Tornvig')],
  ['a name with what is not seen', 'Torn\u200bvig', name('Tornvig')],
  ['a street', 'Eventyrstræde', name('Eventyrstræde')],
  [
    'a name and half a number',
    'Astrid Tornvig 310585',
    { as: 'NameAndBirthDate', criteria: { name: 'Astrid Tornvig', birthDate: '1985-05-31' } },
  ],
  [
    'a day and a name',
    '31.05.1985 Tornvig',
    { as: 'NameAndBirthDate', criteria: { name: 'Tornvig', birthDate: '1985-05-31' } },
  ],
  ['an address', 'Eventyrstræde 1', address('Eventyrstræde 1')],
  ['an address with a letter', 'Algade 18 A, 2th', address('Algade 18 A, 2th')],
  ['a postcode and a town', '9996 Korsbæk', address('9996 Korsbæk')],
  ['a case number', 'KSD-2026-5068542', caseNumber('KSD-2026-5068542')],
  ['a case number that ends in ten digits', 'KMD-1011123456', caseNumber('KMD-1011123456')],
  ['a case number with a slash', '11/12345-678', caseNumber('11/12345-678')],
  ['emoji', '👵🏻', name('👵🏻')],
])('%s: %s', (_what, text, expected) => {
  expect(understand(text)).toEqual(expected);
});

test('nothing, too much, and a number that cannot be are not searched for', () => {
  for (const text of ['', ' \n ', '\u200b\u00ad']) expect(understand(text)).toBe('searchEmpty');
  expect(understand('x'.repeat(MAX_SEARCH))).toMatchObject({ as: 'Name' });
  expect(understand('x'.repeat(5000))).toBe('searchTooLong');
  for (const text of ['300285-1234', 'CPR 3002851234', '300285 1234'])
    expect(understand(text)).toBe('searchNoSuchNumber');
});

test('a personal number is found however it is written, and becomes nothing else', () => {
  const twoDigits = (max: number) =>
    fc.integer({ min: 1, max }).map((number) => String(number).padStart(2, '0'));
  const rest = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0'));
  const gap = fc.constantFrom('', ' ', '-', '  ', '–', '.', '\u00a0', '\u200b', '\u00ad', '\u2212');
  const gaps = fc.array(gap, { minLength: 10, maxLength: 10 });
  const word = fc.constantFrom('', 'CPR ', 'cpr-nr. ', 'CPR: ', 'Personnummer ');
  fc.assert(
    fc.property(twoDigits(28), twoDigits(12), rest, gaps, word, (day, month, others, between, before) => {
      const digits = day + month + others;
      const text =
        before +
        digits
          .split('')
          .map((digit, i) => `${digit}${between[i]!}`)
          .join('');
      expect(understand(text)).toEqual(cpr(digits));
    }),
  );
});
