import { describe, expect, test } from '@jest/globals';
import { prefixesOf } from '../../subgraphs/shared/policy/grants.js';
import {
  intersectPrefixes,
  isKleNumber,
  isKlePattern,
  kleConditions,
  kleMatches,
  kleTest,
} from '../../subgraphs/shared/policy/kle.js';

test.each<[string, boolean, boolean]>([
  ['32.30.04', true, true],
  ['*', false, true],
  ['3*', false, true],
  ['32.*', false, true],
  ['32.3*', false, true],
  ['32.30.*', false, true],
  ['32.30.0*', false, true],
  ['32', false, false],
  ['32.30', false, false],
  ['32.', false, false],
  ['', false, false],
  ['**', false, false],
  ['32*', false, false],
  ['x32.30.04', false, false],
  ['32.30.04x', false, false],
  ['32.30.04*', false, false],
  ['32.30.04\n', false, false],
  ['x*', false, false],
  ['32.30.*x', false, false],
])('%j is a number: %s, a pattern: %s', (text, isNumber, isPattern) => {
  expect([isKleNumber(text), isKlePattern(text)]).toEqual([isNumber, isPattern]);
});

describe('what both lists let through', () => {
  test.each<[string, string[], string[], string[]]>([
    ['the narrower of two', ['32.'], ['32.30.'], ['32.30.']],
    ['the narrower of two, in the other order', ['32.30.'], ['32.'], ['32.30.']],
    ['nothing of two that do not meet', ['32.'], ['27.'], []],
    ['everything, when both say so', [''], [''], ['']],
    ['the same once', ['32.', '32.'], ['32.'], ['32.']],
    ['the wider alone, which covers the narrower', ['32.', '32.30.04'], [''], ['32.']],
    ['each of several', ['32.30.', '27.'], ['32.', '27.12.00'], ['32.30.', '27.12.00']],
  ])('%s', (_says, a, b, both) => {
    expect(intersectPrefixes(a, b)).toEqual(both);
  });
});

describe('a number lies under a beginning', () => {
  test.each<[string | null, string[], boolean]>([
    ['32.30.04', ['27.', '32.'], true],
    ['32.30.04', ['32.30.04'], true],
    ['32.30.04', ['32.30.08'], false],
    ['32.30.04', [''], true],
    ['32.30.04', [], false],
    ['132.30.04', ['32.'], false],
    [null, [''], false],
    ['', [''], false],
    ['32.30', ['32.'], false],
    ['32.30.04.05', ['32.'], false],
  ])('%p under %j: %s', (number, prefixes, lies) => {
    expect(kleMatches(number, prefixes)).toBe(lies);
    expect(kleTest(prefixes)(number)).toBe(lies);
  });
});

test('the store is asked for whole numbers in one condition, and for a range for each beginning', () => {
  expect(kleConditions(['32.30.04', '27.', '', '27.12.00'])).toEqual([
    { $in: ['32.30.04', '27.12.00'] },
    { $gte: '27.', $lt: '27.\uffff' },
    { $gte: '0', $lt: '\uffff' },
  ]);
  expect(kleConditions(['27.'])).toEqual([{ $gte: '27.', $lt: '27.\uffff' }]);
  expect(kleConditions(['32.30.04'])).toEqual([{ $in: ['32.30.04'] }]);
});

test('what is no pattern is no beginning, however it came into an agreement', () => {
  expect(prefixesOf(['32', '', '32.*', '32.30', '32.30.04', 'x*'])).toEqual(['32.', '32.30.04']);
});
