import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RefusalSums, SINGLE_REFUSALS } from '../../../gateway/sessions/refusal-sums.js';
import type { AuditFact } from '../../../subgraphs/shared/audit/entry.js';
import { fact } from '../../kit/audit-log.js';

let written: AuditFact[];
let isAway: boolean;
let sums: RefusalSums;
beforeEach(() => {
  written = [];
  isAway = false;
  const append = (facts: readonly AuditFact[]) => {
    if (isAway) return Promise.reject(new Error('away'));
    written.push(...facts);
    return Promise.resolve();
  };
  sums = new RefusalSums({ append }, () => new Date('2026-11-27T10:01:00Z'));
});

const refusal = (change: Partial<AuditFact> = {}) =>
  fact({ event: 'jumped-in', decision: 'REFUSE', ruleCode: 'TICKET_UNKNOWN', requestId: 'r', ...change });
const flood = async (times: number, change: Partial<AuditFact> = {}) => {
  for (let i = 0; i < times; i++) await sums.note(refusal(change));
};
const timesOf = (facts: readonly AuditFact[]) =>
  facts.flatMap(({ criteria }) => criteria.filter(({ name }) => name === 'times').map(({ value }) => value));

test('few are recorded one by one, and nothing beside', async () => {
  await flood(SINGLE_REFUSALS);
  await sums.close();
  expect(written).toHaveLength(SINGLE_REFUSALS);
  expect(timesOf(written)).toEqual([]);
});

test('many are the first ones and one entry with the number of the others, for each kind', async () => {
  await flood(500);
  await flood(30, { ruleCode: 'TICKET_EXPIRED' });
  await flood(12, { cvr: '23456780' });
  expect(written).toHaveLength(3 * SINGLE_REFUSALS);
  await sums.flush();
  const added = written.slice(3 * SINGLE_REFUSALS);
  expect(timesOf(added)).toEqual(['490', '20', '2']);
  for (const entry of added)
    expect(entry).toMatchObject({ decision: 'REFUSE', objects: [], citizenId: null, requestId: '' });
});

test('one more than the single ones has an entry of its own', async () => {
  await flood(SINGLE_REFUSALS + 1);
  await sums.flush();
  expect(timesOf(written)).toEqual(['1']);
});

test('a new minute begins with single ones again', async () => {
  await flood(15);
  await sums.flush();
  await flood(3);
  expect(written).toHaveLength(SINGLE_REFUSALS + 1 + 3);
});

test('a refusal that cannot be recorded is not answered; a sum that cannot is kept', async () => {
  await flood(15);
  isAway = true;
  await expect(sums.note(refusal({ ruleCode: 'OTHER' }))).rejects.toThrow('away');
  await expect(sums.flush()).rejects.toThrow('away');
  isAway = false;
  await flood(20);
  await sums.close();
  expect(timesOf(written)).toEqual([String(5 + 10)]);
});

test('where there is nothing to sum the log is not asked', async () => {
  await flood(SINGLE_REFUSALS);
  isAway = true;
  await expect(sums.flush()).resolves.toBeUndefined();
});

test('what comes while a sum cannot be recorded counts in the new minute', async () => {
  const append = async (facts: readonly AuditFact[]): Promise<void> => {
    if (timesOf(facts).length === 0) return void written.push(...facts);
    await late.note(refusal());
    throw new Error('away');
  };
  const late: RefusalSums = new RefusalSums({ append }, () => new Date(0));
  for (let i = 0; i < 15; i++) await late.note(refusal());
  await expect(late.flush()).rejects.toThrow('away');
  written.length = 0;
  for (let i = 0; i < 15; i++) await late.note(refusal());
  expect(written).toHaveLength(SINGLE_REFUSALS - 1);
});

describe('sums are recorded', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const aMinute = () => jest.advanceTimersByTimeAsync(60_000);

  test('when a minute is over, minute after minute', async () => {
    for (const _minute of [1, 2]) {
      await flood(SINGLE_REFUSALS + 2);
      await jest.advanceTimersByTimeAsync(59_000);
      await flood(3);
      await aMinute();
    }
    expect(timesOf(written)).toEqual(['5', '5']);
  });
  test('a minute later when the log was away', async () => {
    await flood(SINGLE_REFUSALS + 2);
    isAway = true;
    await aMinute();
    isAway = false;
    await aMinute();
    expect(timesOf(written)).toEqual(['2']);
  });
  test('at the end, after which nothing waits', async () => {
    await flood(SINGLE_REFUSALS + 2);
    await sums.close();
    expect([timesOf(written), jest.getTimerCount()]).toEqual([['2'], 0]);
  });
});
