import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addYears,
  ageOn,
  dayOf,
  monthStart,
  monthsBefore,
} from '../../../../subgraphs/shared/days/calendar.js';
import { danishClock, danishMidnight, danishMoment } from '../../../../subgraphs/shared/days/danish-clock.js';
import { danishDay } from '../../../../subgraphs/shared/days/danish-day.js';
import { daysFrom } from '../../../../subgraphs/shared/days/days-from.js';
import { holdsOn } from '../../../../subgraphs/shared/days/period.js';

describe('the day in Denmark', () => {
  test.each([
    ['2026-01-14T22:59:59.999Z', '2026-01-14', 'a minute to midnight in winter'],
    ['2026-01-14T23:00:00.000Z', '2026-01-15', 'midnight in winter'],
    ['2026-07-14T21:59:59.999Z', '2026-07-14', 'a minute to midnight in summer'],
    ['2026-07-14T22:00:00.000Z', '2026-07-15', 'midnight in summer'],
    ['2026-03-28T22:59:59.999Z', '2026-03-28', 'before the day on which summer time begins'],
    ['2026-03-28T23:00:00.000Z', '2026-03-29', 'the beginning of that day'],
    ['2026-03-29T21:59:59.999Z', '2026-03-29', 'its end, an hour early'],
    ['2026-03-29T22:00:00.000Z', '2026-03-30', 'the day after'],
    ['2026-10-24T21:59:59.999Z', '2026-10-24', 'before the day on which summer time ends'],
    ['2026-10-24T22:00:00.000Z', '2026-10-25', 'the beginning of that day'],
    ['2026-10-25T22:59:59.999Z', '2026-10-25', 'its end, an hour late'],
    ['2026-10-25T23:00:00.000Z', '2026-10-26', 'the day after'],
    ['2028-02-28T23:30:00.000Z', '2028-02-29', '29 February'],
    ['2026-12-31T23:30:00.000Z', '2027-01-01', 'a new year'],
  ])('%s is %s: %s', (at, day) => {
    expect(danishDay(new Date(at))).toBe(day);
  });

  test('begins at its own midnight, and no moment before belongs to it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        (at) => {
          const day = danishDay(at);
          const midnight = danishMidnight(day);
          expect(midnight <= at && at < danishMidnight(addDays(day, 1))).toBe(true);
          expect(danishDay(new Date(midnight.getTime() - 1))).toBe(addDays(day, -1));
        },
      ),
    );
  });
});

test('a time that something is kept for is counted in hours, whatever the clock does meanwhile', () => {
  expect(daysFrom(new Date('2026-03-28T12:00:00Z'), 2)).toEqual(new Date('2026-03-30T12:00:00Z'));
  expect(daysFrom(new Date('2026-10-26T12:00:00Z'), -2)).toEqual(new Date('2026-10-24T12:00:00Z'));
});

describe('what the clock shows', () => {
  test.each([
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    // Left out: the hour after it.
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    // Comes twice: the first.
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is %s', (shown, at) => {
    expect(danishMoment(shown).toISOString()).toBe(at);
  });
  test('comes back as it was written, whatever zone the machine is in', () => {
    for (const shown of ['2026-01-15T08:05', '2026-07-15T23:59', '2028-02-29T12:00'])
      expect(danishClock(danishMoment(shown))).toBe(shown);
  });
});

describe('days before and after', () => {
  test.each([
    [monthsBefore('2026-05-31', 3), '2026-02-28'],
    [monthsBefore('2028-05-31', 3), '2028-02-29'],
    [monthsBefore('2026-01-15', 3), '2025-10-15'],
    [addYears('2028-02-29', 1), '2029-02-28'],
    [addYears('2028-02-29', 4), '2032-02-29'],
    [addYears('2026-11-27', 5), '2031-11-27'],
    [addDays('2026-03-28', 2), '2026-03-30'],
    [addDays('2028-03-01', -1), '2028-02-29'],
    [monthStart('2026-11-27', 2), '2027-01-01'],
  ])('%s', (found, expected) => {
    expect(found).toBe(expected);
  });
  test.each([
    [2026, 2, 29, undefined],
    [2028, 2, 29, '2028-02-29'],
    [2026, 13, 1, undefined],
    [2026, 0, 1, undefined],
    [2026, 4, 31, undefined],
    [1900, 2, 29, undefined],
  ])('%s-%s-%s exists or not', (year, month, day, expected) => {
    expect(dayOf(year, month, day)).toBe(expected);
  });
  test.each([
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2028-02-29', 20],
    ['1985-05-31', '2026-05-30', 40],
    ['1985-05-31', '2026-05-31', 41],
  ])('born on %s, on %s the age is %s', (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });
});

test.each([
  [null, null, true],
  ['2026-11-27', null, true],
  ['2026-11-28', null, false],
  [null, '2026-11-27', false],
  [null, '2026-11-28', true],
  ['2026-11-27', '2026-11-27', false],
  ['2026-11-27', '2026-11-28', true],
])('from %s to %s holds on 27 November: %s', (from, to, expected) => {
  expect(holdsOn({ from, to }, '2026-11-27')).toBe(expected);
});
