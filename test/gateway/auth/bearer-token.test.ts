import { expect, test } from '@jest/globals';
import { bearerToken } from '../../../gateway/auth/bearer-token.js';

test.each([
  ['Bearer abc.DEF-1_2~3+4/5=', 'abc.DEF-1_2~3+4/5='],
  [`Bearer ${'a'.repeat(16_384)}`, 'a'.repeat(16_384)],
  [`Bearer ${'a'.repeat(16_385)}`, undefined],
  ['Bearer ', undefined],
  ['Bearer  abc', undefined],
  ['Bearer abc def', undefined],
  ['Bearer abc\n', undefined],
  ['bearer abc', undefined],
  ['Basic abc', undefined],
  ['', undefined],
  [undefined, undefined],
])('of %j', (authorization, token) => {
  expect(bearerToken(authorization === undefined ? {} : { authorization })).toBe(token);
});
