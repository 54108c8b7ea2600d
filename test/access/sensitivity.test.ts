import { expect, test } from '@jest/globals';
import { isPurpose } from '../../subgraphs/shared/policy/purposes.js';
import { isSensitivityRank, rankOf, SENSITIVITY_NAMES } from '../../subgraphs/shared/policy/sensitivity.js';

test.each([
  ['NOT_CONFIDENTIAL', 1],
  ['CONFIDENTIAL', 2],
  ['SENSITIVE', 3],
  ['SPECIALLY_PROTECTED', 4],
] as const)('%s is level %d', (name, rank) => {
  expect(rankOf(name)).toBe(rank);
  expect(SENSITIVITY_NAMES[rank]).toBe(name);
  expect(isSensitivityRank(rank)).toBe(true);
});

test('nothing else is a level', () => {
  for (const value of [0, 5, 1.5, '1', null, undefined, NaN]) expect(isSensitivityRank(value)).toBe(false);
});

test.each([
  ['UDK-8-BENEFIT-CASE', true],
  ['UDK-6-7-FACTS', true],
  ['UDK-11A-CONSENT', true],
  ['UDK-11A-CONTROL', true],
  ['UDK-11A', false],
  ['toString', false],
  ['', false],
])('%p is a purpose: %s', (text, is) => {
  expect(isPurpose(text)).toBe(is);
});
