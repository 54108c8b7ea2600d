import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SEARCH, understand } from '../../../web/pages/search/understand.js';

test.each([
  ['ten digits', '0101701234', { as: 'Cpr', criteria: { cprNumber: '0101701234' } }],
  ['a personal number with a dash', '010170-1234', { as: 'Cpr', criteria: { cprNumber: '0101701234' } }],
  ['a pasted one with spaces', '  01 01 70 – 1234\t', { as: 'Cpr', criteria: { cprNumber: '0101701234' } }],
  ['a Danish day', '1/2-1970', { as: 'BirthDate', criteria: { birthDate: '1970-02-01' } }],
  ['a day with dots', '01.02.1970', { as: 'BirthDate', criteria: { birthDate: '1970-02-01' } }],
  ['eight digits', '01021970', { as: 'BirthDate', criteria: { birthDate: '1970-02-01' } }],
  ['an ISO day', '1970-02-01', { as: 'BirthDate', criteria: { birthDate: '1970-02-01' } }],
  ['a day that is none', '31.02.1970', { as: 'Case', caseNumber: '31.02.1970' }],
  ['a name', 'Astrid  Tornvig', { as: 'Name', criteria: { name: 'Astrid Tornvig' } }],
  ['an address', 'Eventyrstræde 1', { as: 'Address', criteria: { address: 'Eventyrstræde 1' } }],
  ['a case number', 'KSD-2026-5068542', { as: 'Case', caseNumber: 'KSD-2026-5068542' }],
  ['emoji', '👵🏻', { as: 'Name', criteria: { name: '👵🏻' } }],
])('%s: %s', (_what, text, expected) => {
  expect(understand(text)).toEqual(expected);
});

test('nothing, and too much, is not searched for', () => {
  expect(understand(' \n ')).toBeUndefined();
  expect(understand('x'.repeat(MAX_SEARCH))).toBeDefined();
  expect(understand('x'.repeat(5000))).toBeUndefined();
});

test('a personal number is found however it is written', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 });
  const between = fc.array(fc.constantFrom('', ' ', '-', '  '), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(digits, between, (number, gaps) => {
      const text = number.map((digit, i) => `${digit}${gaps[i]!}`).join('');
      expect(understand(text)).toMatchObject({ as: 'Cpr', criteria: { cprNumber: number.join('') } });
    }),
  );
});
