import { expect, test } from '@jest/globals';
import { lookUpsOf, shownIn, type Entry } from '../../../web/pages/log/look-ups.js';

const entry = (id: string, at: string, user: string, citizenId: string | null, requestId = id): Entry =>
  ({ id, at: `2026-11-27T${at}Z`, user, citizenId, requestId, lookupId: null }) as Entry;
const ids = (entries: readonly Entry[]) =>
  lookUpsOf(entries).map((found) => found.entries.map(({ id }) => id));

test('what a user did about a person is one look-up, though others looked meanwhile', () => {
  const entries = [
    entry('4', '10:03:00', 'a', 'p'),
    entry('3', '10:02:00', 'b', 'p'),
    entry('2', '10:01:00', 'a', 'p'),
    entry('1', '10:00:00', 'a', 'q'),
  ];
  expect(ids(entries)).toEqual([['4', '2'], ['3'], ['1']]);
});

test('fifteen minutes apart is one visit, and a second more is two', () => {
  expect(ids([entry('2', '10:15:00', 'a', 'p'), entry('1', '10:00:00', 'a', 'p')])).toEqual([['2', '1']]);
  expect(ids([entry('2', '10:15:01', 'a', 'p'), entry('1', '10:00:00', 'a', 'p')])).toEqual([['2'], ['1']]);
});

test('entries about nobody belong together by their request alone', () => {
  const entries = [
    entry('3', '10:00:02', 'a', null, 'r2'),
    entry('2', '10:00:01', 'a', null, 'r1'),
    entry('1', '10:00:00', 'a', null, 'r1'),
  ];
  expect(ids(entries)).toEqual([['3'], ['2', '1']]);
});

test('what the page asked for in one look-up stays together for as long as it stood open', () => {
  const within = (entry: Entry, lookupId: string): Entry => ({ ...entry, lookupId });
  const entries = [
    within(entry('4', '11:00:00', 'a', 'p'), 'l1'),
    within(entry('3', '10:59:00', 'a', 'p'), 'l2'),
    within(entry('2', '10:58:00', 'b', 'p'), 'l1'),
    within(entry('1', '10:00:00', 'a', 'p'), 'l1'),
  ];
  expect(ids(entries)).toEqual([['4', '1'], ['3'], ['2']]);
});

test('the records of the parts are counted, each once', () => {
  const opened = { ...entry('1', '10:00:00', 'a', 'p'), objects: ['p'] };
  const parts = [
    { permission: 'case-read', objects: ['c1', 'c2'] },
    { permission: 'case-exists', objects: ['c2'] },
  ];
  expect(lookUpsOf([{ ...opened, parts }]).map(shownIn)).toEqual([3]);
});
