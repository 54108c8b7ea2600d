import { expect, test } from '@jest/globals';
import {
  inCapitals,
  inSmallLetters,
  namesOf,
  recordOf,
} from '../../../../subgraphs/shared/names/known-names.js';

test('names the fields of a record in their order', () => {
  expect(namesOf({ b: 1, a: 2 })).toEqual(['b', 'a']);
});

test('makes a record of names, with the place of each', () => {
  expect(recordOf(['a', 'b'], (name, place) => `${name}${place}`)).toEqual({ a: 'a0', b: 'b1' });
});

test('writes a name in capital and in small letters', () => {
  expect(inCapitals('citizens')).toBe('CITIZENS');
  expect(inSmallLetters('MAPPING')).toBe('mapping');
});
