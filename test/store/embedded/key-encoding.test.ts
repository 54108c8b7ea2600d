import { describe, expect, test } from '@jest/globals';
import { Binary, Double, Int32, Long, ObjectId } from 'bson';
import { HIGH, encodeValue, invert } from '../../../store/embedded/key-encoding.js';

const id = (last: string) => new ObjectId(`00000000000000000000000${last}`);
const bytes = (subType: number, ...values: number[]) => new Binary(Buffer.from(values), subType);

/** Values in MongoDB's order of comparison, each before the next. */
const ORDERED: readonly unknown[] = [
  null,
  NaN,
  -Infinity,
  -Number.MAX_VALUE,
  -256,
  -1.5,
  -1 - Number.EPSILON,
  -1,
  -Number.MIN_VALUE,
  0,
  Number.MIN_VALUE,
  0.5,
  1,
  1 + Number.EPSILON,
  2,
  255,
  256,
  131_072,
  Number.MAX_VALUE,
  Infinity,
  '',
  '\u0000',
  '\u0000\u0000',
  '\u0000\u0001',
  '\u0000a',
  '\u0001',
  '\u0001\u0000',
  '\u0001a',
  '\u0002',
  'a',
  'a\u0000',
  'a\u0000\u0000',
  'a\u0000b',
  'a\u0001',
  'a\u0002',
  'aa',
  'b',
  'å',
  'æ',
  '\u{1F600}',
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { a: 2 },
  { b: 1 },
  { a: 'text' },
  [],
  [1],
  [1, 2],
  [2],
  ['a'],
  bytes(0),
  bytes(0, 1),
  bytes(0, 2),
  bytes(4, 1),
  bytes(0, 1, 1),
  id('1'),
  id('2'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Date(1),
];

/** @returns the pairs of values, by their places in the order, whose keys break a rule. */
const breaking = (keys: readonly string[], breaks: (earlier: string, later: string) => boolean) =>
  keys.flatMap((earlier, at) =>
    keys.flatMap((later, place) => (at < place && breaks(earlier, later) ? [[at, place]] : [])),
  );

test('keys stand in the order of their values', () => {
  expect(breaking(ORDERED.map(encodeValue), (earlier, later) => earlier >= later)).toEqual([]);
});

test('no key begins another, and what closes an interval lies behind all that begin so', () => {
  const keys = ORDERED.map(encodeValue);
  expect(breaking(keys, (earlier, later) => earlier.startsWith(later) || later.startsWith(earlier))).toEqual(
    [],
  );
  const first = keys.map((key) => key.charCodeAt(0));
  expect([Math.min(...first) > 0x05, Math.max(...first) < 0xfa, HIGH]).toEqual([true, true, '\xff']);
});

test('in the other direction they stand the other way', () => {
  const turned = ORDERED.map((value) => invert(encodeValue(value)));
  expect(breaking(turned, (earlier, later) => earlier <= later)).toEqual([]);
  expect(turned.map(invert)).toEqual(ORDERED.map(encodeValue));
});

test.each<[string, unknown, unknown]>([
  ['nothing and null', undefined, null],
  ['zero and minus zero', 0, -0],
  ['a number and a whole number of 32 bits', 7, new Int32(7)],
  ['a number and a whole number of 64 bits', -7, Long.fromNumber(-7)],
  ['a number and one of double precision', 1.5, new Double(1.5)],
  ['a number and a big one', 7, 7n],
  ['two objects of the same members', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
])('%s are the same key', (_says, first, second) => {
  expect(encodeValue(first)).toBe(encodeValue(second));
});

describe('values that are not the same', () => {
  test.each<[string, unknown, unknown]>([
    ['a list and what is in it', ['a'], 'a'],
    ['members in another order', { a: 1, b: 1 }, { b: 1, a: 1 }],
    ['a list of two texts and of one that holds what parts them', ['a', 'b'], ['a\u0000\u001eb']],
    ['a list in a list', [[1], 2], [1, [2]]],
    ['bytes of another kind', bytes(0, 1), bytes(4, 1)],
    ['a number and its text', 1, '1'],
    ['a time and its number', new Date(1), 1],
    ['false and nothing', false, null],
  ])('%s are two keys', (_says, first, second) => {
    expect(encodeValue(first)).not.toBe(encodeValue(second));
  });
});

test('a value without an order here is refused, wherever it stands', () => {
  for (const value of [/a/, new Map()])
    for (const around of [value, [value], { a: value }])
      expect(() => encodeValue(around)).toThrow('cannot be indexed or sorted');
});

/** Keys lie in data files: other bytes need another version of the data (CONTRIBUTING.md). */
test.each<[string, unknown, string]>([
  ['nothing', null, '0a'],
  ['no number', NaN, '140000000000000000'],
  ['a number', -1.5, '144007ffffffffffff'],
  ['a text', 'å\u0000', '1ec3a5010100'],
  ['an object', { a: 1, b: ['x', null] }, '28146100bff00000000000003262001e78000a0000'],
  ['a list', [true, 'x'], '3250021e780000'],
  ['bytes', bytes(4, 1, 255), '3c000000020401ff'],
  ['an id', id('1'), '46000000000000000000000001'],
  ['a time', new Date(1), '5abff0000000000000'],
])('the key of %s is what files hold', (_says, value, hex) => {
  expect(Buffer.from(encodeValue(value), 'latin1').toString('hex')).toBe(hex);
});
