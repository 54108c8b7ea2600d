import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { searchTokens } from '../../../../subgraphs/citizens/source/search-text.js';
import {
  birthDateOfCpr,
  isReplacementNumber,
  maskCpr,
  normaliseCpr,
} from '../../../../subgraphs/shared/scalars/cpr.js';
import { isDay } from '../../../../subgraphs/shared/scalars/scalars.js';

describe('personal numbers', () => {
  test.each<[string, string | undefined]>([
    ['0707614285', '0707614285'],
    ['070761-4285', '0707614285'],
    [' 070761 4285 ', '0707614285'],
    ['6707614285', '6707614285'],
    ['3002614285', undefined],
    ['0713614285', undefined],
    ['070761428', undefined],
    ['07076142855', undefined],
    ['07O7614285', undefined],
    ['', undefined],
  ])('%p reads as %p', (text, expected) => expect(normaliseCpr(text)).toBe(expected));

  test.each<[string, string]>([
    ['0707610000', '1961-07-07'],
    ['0707613999', '1961-07-07'],
    ['0707364000', '2036-07-07'],
    ['0707374000', '1937-07-07'],
    ['0707575000', '2057-07-07'],
    ['0707588000', '1858-07-07'],
    ['0707369000', '2036-07-07'],
    ['0707379000', '1937-07-07'],
  ])('the seventh digit gives the century: %s is %s', (cpr, date) => expect(birthDateOfCpr(cpr)).toBe(date));

  test('a number that fails modulus 11 is as good as any; a replacement number has its day plus 60', () => {
    expect(normaliseCpr('0101600000')).toBe('0101600000');
    expect(isReplacementNumber('6707614285')).toBe(true);
    expect(birthDateOfCpr('6707614285')).toBe('1961-07-07');
    expect(maskCpr('0707614285')).toBe('070761-****');
  });
  test('whatever is pasted, the answer is ten digits or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        [undefined, text.replace(/[\s-]/g, '')].includes(normaliseCpr(text)),
      ),
    );
  });
});

test('names are found however Danish letters and accents are typed', () => {
  for (const [a, b] of [
    ['Ærø', 'aeroe'],
    ['Åse', 'AASE'],
    ['Øjvind', 'oejvind'],
    ['Müller-Sørensen', 'muller soerensen'],
    ['André', 'andre'],
    ['A\u030Ase', 'åse'],
  ] as const)
    expect(searchTokens(a)).toEqual(searchTokens(b));
});

test('only existing days are days', () => {
  expect(['2024-02-29', '2023-02-29', '2023-13-01', '2023-1-1', '2023-01-01T00:00'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
