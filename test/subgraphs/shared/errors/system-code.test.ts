import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { systemCode } from '../../../../subgraphs/shared/errors/system-code.js';

test('reads the code that the system gives an error', () => {
  let met: unknown;
  try {
    readFileSync('/no/such/file');
  } catch (error) {
    met = error;
  }
  expect(systemCode(met)).toBe('ENOENT');
});

test.each([new Error('x'), Object.assign(new Error('x'), { code: 11000 }), null, undefined, 'ENOENT'])(
  '%p has none',
  (value) => {
    expect(systemCode(value)).toBeUndefined();
  },
);
