import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { FirstStart } from '../../../programs/wiring/first-start.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** @returns first-start work that plants or does not, and how often the store was asked to give memory back */
function firstStart(planted: boolean) {
  const releases: number[] = [];
  const store = { releaseMemory: () => void releases.push(Date.now()) };
  const work = new FirstStart(store, () => Promise.resolve({ stories: [], planted }));
  return { work, releases };
}

test('memory that planting needed is given back three times, the last late', async () => {
  const { work, releases } = firstStart(true);
  const begun = Date.now();
  await work.begin();
  jest.advanceTimersByTime(60_000);
  expect(releases.map((at) => at - begun)).toEqual([2000, 4000, 8000]);
});

test('a start that plants nothing looks for no memory', async () => {
  const { work, releases } = firstStart(false);
  await work.begin();
  jest.advanceTimersByTime(60_000);
  expect(work.isDone).toBe(true);
  expect(releases).toEqual([]);
});

test('nothing is looked for once it has been stopped', async () => {
  const { work, releases } = firstStart(true);
  await work.begin();
  jest.advanceTimersByTime(2000);
  await work.stop();
  jest.advanceTimersByTime(60_000);
  expect(releases).toHaveLength(1);
});

test('stopping waits for work that fails', async () => {
  const work = new FirstStart({ releaseMemory: () => undefined }, () => Promise.reject(new Error('no room')));
  await expect(work.begin()).rejects.toThrow('no room');
  await work.stop();
  expect(work.isDone).toBe(false);
});
