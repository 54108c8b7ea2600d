import { describe, expect, test } from '@jest/globals';
import { assuranceOf, isAtLeast, olderAssurance } from '../../subgraphs/shared/policy/assurance.js';

describe('a level is at least another', () => {
  test.each([
    ['HIGH', 'SUBSTANTIAL', true],
    ['SUBSTANTIAL', 'SUBSTANTIAL', true],
    ['LOW', 'SUBSTANTIAL', false],
    ['SUBSTANTIAL', 'HIGH', false],
    ['LOW', 'LOW', true],
  ] as const)('%s where %s is asked for: %s', (level, least, enough) => {
    expect(isAtLeast(level, least)).toBe(enough);
  });
});

describe('a level by its name in NSIS', () => {
  test.each([
    ['Low', 'LOW'],
    ['Substantial', 'SUBSTANTIAL'],
    ['https://data.gov.dk/concept/core/nsis/loa/High', 'HIGH'],
    ['https://data.gov.dk/High/Low', 'LOW'],
    ['https://data.gov.dk/High/', undefined],
    ['VeryHigh', undefined],
    ['xHigh', undefined],
    ['', undefined],
  ])('%p is %s', (name, level) => {
    expect(assuranceOf(name)).toBe(level);
  });
});

describe('a level by its older number', () => {
  test.each([
    ['1', 'LOW'],
    ['2', 'LOW'],
    ['3', 'SUBSTANTIAL'],
    ['4', 'HIGH'],
    ['5', undefined],
    ['0', undefined],
    ['', undefined],
    ['04', undefined],
  ])('%p is %s', (number, level) => {
    expect(olderAssurance(number)).toBe(level);
  });
});
