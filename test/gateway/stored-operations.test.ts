import { expect, test } from '@jest/globals';
import { runsAnyOperation } from '../../gateway/stored-operations.js';

test.each([
  ['production, nothing said', undefined, true, false],
  ['production, any operation allowed by name', 'any', true, true],
  ['production, stored ones named', 'stored', true, false],
  ['development, nothing said', undefined, false, true],
  ['development, stored ones named', 'stored', false, false],
] as const)('%s', (_what, setting, production, any) => {
  expect(runsAnyOperation(setting, production)).toBe(any);
});
