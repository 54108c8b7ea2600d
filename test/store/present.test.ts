import { expect, test } from '@jest/globals';
import { asError } from '../../store/as-error.js';
import { present } from '../../store/present.js';

test('gives what is there and says what is missing', () => {
  expect(present(0, 'a number')).toBe(0);
  expect(() => present(undefined, 'the version of the store')).toThrow('the version of the store is missing');
});

test('keeps an error as it is and makes one of anything else', () => {
  const error = new TypeError('x');
  expect(asError(error)).toBe(error);
  expect(asError('cut').message).toBe('cut');
});
