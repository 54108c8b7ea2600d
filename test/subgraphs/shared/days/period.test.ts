import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { danishMidnight } from '../../../../subgraphs/shared/days/danish-clock.js';
import { daysOf, firstDayAfter, lastDayBefore } from '../../../../subgraphs/shared/days/period.js';

test.each([
  ['2026-10-01', '2026-11-01', '2026-10-01', '2026-10-31'],
  ['2024-02-01', '2024-03-01', '2024-02-01', '2024-02-29'],
  ['2026-01-01', '2027-01-01', '2026-01-01', '2026-12-31'],
  ['2026-10-01', '2026-10-02', '2026-10-01', '2026-10-01'],
  ['2026-03-29', '2026-03-30', '2026-03-29', '2026-03-29'],
  ['2026-10-01', null, '2026-10-01', null],
  [null, '2026-11-01', null, '2026-10-31'],
  [null, null, null, null],
  ['2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01'],
])('from %s to %s reads as %s to %s', (from, to, first, last) => {
  expect(daysOf({ from, to })).toEqual({ first, last });
});

const DAY = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

test('the last day and the first after it find each other', () => {
  fc.assert(
    fc.property(DAY, (day) => {
      expect(firstDayAfter(lastDayBefore(day))).toBe(day);
      expect(lastDayBefore(firstDayAfter(day))).toBe(day);
      expect(lastDayBefore(day) < day).toBe(true);
    }),
  );
});

test.each([
  ['2026-01-15', '2026-01-14T23:00:00.000Z'],
  ['2026-07-15', '2026-07-14T22:00:00.000Z'],
  ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', '2026-10-25T23:00:00.000Z'],
  ['2024-02-29', '2024-02-28T23:00:00.000Z'],
])('%s begins in Denmark at %s', (day, moment) => {
  expect(danishMidnight(day).toISOString()).toBe(moment);
});
