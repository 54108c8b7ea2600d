import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readInstant } from '../../../../subgraphs/shared/scalars/instant.js';

describe('a time from outside', () => {
  test.each([
    ['2026-11-01T10:00:00Z', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T10:00Z', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T11:00:00+01:00', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T11:00+0100', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T11:00+01', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T00:30:00-12:00', '2026-11-01T12:30:00.000Z', 0],
    ['2026-11-01t10:00:00z', '2026-11-01T10:00:00.000Z', 0],
    ['2026-11-01T10:00:00,5Z', '2026-11-01T10:00:00.500Z', 0],
    ['2026-11-01T10:00:00.123900Z', '2026-11-01T10:00:00.123Z', 900_000],
    ['2026-11-01T10:00:00.123456789+01:00', '2026-11-01T09:00:00.123Z', 456_789],
    ['2028-02-29T23:59:59.999999999Z', '2028-02-29T23:59:59.999Z', 999_999],
  ])('%s is %s and %s ns', (text, at, nanos) => {
    expect(readInstant(text)).toEqual({ at: new Date(at), nanos });
  });

  test.each([
    '2026-11-01T10:00:00',
    '2026-11-01 10:00:00Z',
    '2026-11-01',
    '2026-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T10:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-11-01T10:00:00.1234567890Z',
    '2026-11-01T10:00:00.Z',
    '2026-11-01T10:00:00+25:00',
    '2026-11-01T10:00:00+14:30',
    '2026-11-01T10:00:00+01:75',
    '0000-01-01T00:00:00Z',
    '+012026-11-01T10:00:00Z',
    '2026-11-01T10:00:00Z'.padEnd(60, '0'),
    '',
  ])('%s is none', (text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  test('is the same in whatever zone it is written, and orders as it should', () => {
    const zone = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const moment = fc.date({ min: new Date('1900-01-02'), max: new Date('2100-01-01'), noInvalidDate: true });
    const nanosecond = fc.integer({ min: 0, max: 999_999 });
    const written = (at: Date, nanos: number, offset: number) => {
      const there = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 23);
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const sign = offset < 0 ? '-' : '+';
      const two = (value: number) => String(value).padStart(2, '0');
      return `${there}${String(nanos).padStart(6, '0')}${sign}${two(hours)}:${two(minutes)}`;
    };
    fc.assert(
      fc.property(moment, nanosecond, zone, (at, nanos, offset) => {
        expect(readInstant(written(at, nanos, offset))).toEqual({ at, nanos });
      }),
    );
  });
});
