import { expect, test } from '@jest/globals';
import { completeAlerts } from '../../../../subgraphs/alerts/changes/handling.js';
import type { Context } from '../../../../subgraphs/alerts/context.js';
import type { Handled } from '../../../../subgraphs/alerts/source/handling-source.js';
import { addDays } from '../../../../subgraphs/shared/days/calendar.js';
import { DANISH_MOMENTS } from '../../../kit/danish-moments.js';

const ID = '00000000-0000-4000-8000-000000000001';

/** Completes an alert at a moment. @returns the day on which it is cleaned up */
async function completedAt(at: string, cleanUpDays: number | null): Promise<string | null | undefined> {
  const handled: Handled[] = [];
  const context = {
    now: () => new Date(at),
    guard: { change: (_permission: string, _about: object, act: (permit: object) => unknown) => act({}) },
    handling: {
      findByIds: () => Promise.resolve([{ _id: ID, rev: 1, state: 'IN_PROGRESS', groupId: 'group' }]),
      cleanUpDays: () => Promise.resolve(cleanUpDays),
      change: (_permit: object, _alert: object, change: Handled) => {
        handled.push(change);
        return Promise.resolve(true);
      },
    },
  } as unknown as Context;
  await completeAlerts(context, [ID]);
  return handled[0]?.deleteAfter;
}

test.each(DANISH_MOMENTS)(
  'an alert completed at %s (%s) is cleaned up so many days after %s',
  async (_says, at, day) => {
    expect(await completedAt(at, 1)).toBe(addDays(day, 1));
    expect(await completedAt(at, 30)).toBe(addDays(day, 30));
  },
);

test.each([
  ['2026-03-27T23:30:00Z', 2, '2026-03-30', 'over the night when summer time begins'],
  ['2026-10-23T22:30:00Z', 2, '2026-10-26', 'over the night when summer time ends'],
  ['2028-02-27T23:30:00Z', 1, '2028-02-29', 'to 29 February'],
  ['2028-02-28T23:30:00Z', 365, '2029-02-28', 'from 29 February'],
])('completed at %s and kept for %s days until %s: %s', async (at, days, expected) => {
  expect(await completedAt(at, days)).toBe(expected);
});

test('in a group without a time to clean up, an alert stays', async () => {
  expect(await completedAt('2026-01-14T23:00:00Z', null)).toBeNull();
});
