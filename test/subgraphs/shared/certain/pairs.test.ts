import { expect, test } from '@jest/globals';
import { pairs } from '../../../../subgraphs/shared/certain/pairs.js';

test('puts each item beside what stands in its place, a place that holds nothing too', () => {
  expect(pairs(['a', 'b'], [1, undefined])).toEqual([
    ['a', 1],
    ['b', undefined],
  ]);
  expect(pairs([], [])).toEqual([]);
});

test('refuses lists of which one is longer', () => {
  expect(() => pairs(['a', 'b'], [1])).toThrow('2 items stand beside 1 others');
  expect(() => pairs(['a'], [1, 2])).toThrow('1 items stand beside 2 others');
});
