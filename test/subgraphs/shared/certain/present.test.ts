import { expect, test } from '@jest/globals';
import { present } from '../../../../subgraphs/shared/certain/present.js';

test('gives a value that is there, an empty one too', () => {
  expect(present('x', 'a text')).toBe('x');
  expect(present('', 'a text')).toBe('');
  expect(present(0, 'a number')).toBe(0);
  expect(present(false, 'an answer')).toBe(false);
});

test('says what is missing', () => {
  expect(() => present(undefined, 'the id of a key')).toThrow('the id of a key is missing');
  expect(() => present(null, 'the id of a key')).toThrow('the id of a key is missing');
});
