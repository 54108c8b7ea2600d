import { expect, test } from '@jest/globals';
import {
  assertKeyFits,
  entryKey,
  handleBytes,
  handleIn,
  rangeOf,
  recordKey,
  valueKey,
} from '../../../store/embedded/keys.js';

const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');
const HANDLE = 0x010203040506;

/** Keys lie in data files: other bytes need another version of the data (CONTRIBUTING.md). */
test('keys are a number in four bytes, what is encoded, and a handle in six', () => {
  expect(hex(recordKey(0x01020304, HANDLE))).toBe('01020304010203040506');
  expect(hex(valueKey(7, '\x0a\xff'))).toBe('000000070aff');
  expect(hex(entryKey(7, '\x0a\xff', HANDLE))).toBe('000000070aff010203040506');
  expect(hex(handleBytes(HANDLE))).toBe('010203040506');
});

test('a handle is read from the end of a key', () => {
  for (const key of [recordKey(7, HANDLE), entryKey(7, 'abc', HANDLE), handleBytes(HANDLE)])
    expect(handleIn(key)).toBe(HANDLE);
  expect(handleIn(recordKey(7, 2 ** 48 - 1))).toBe(2 ** 48 - 1);
});

test('all keys of a number lie within its range, and those of the next do not', () => {
  const { start, end } = rangeOf(7);
  expect([hex(start), hex(end)]).toEqual(['00000007', '00000008']);
});

test('a key takes 1,978 bytes at most, its number and its handle among them', () => {
  expect(() => assertKeyFits('x'.repeat(1968))).not.toThrow();
  expect(() => assertKeyFits('x'.repeat(1969))).toThrow('an indexed value takes at most 1978 bytes in all');
});
