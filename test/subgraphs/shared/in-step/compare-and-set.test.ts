import { expect, test } from '@jest/globals';
import { compareAndSet } from '../../../../subgraphs/shared/in-step/compare-and-set.js';

test.each([1, 2, 10])('what is won at attempt %i is done, and not tried again', async (winning) => {
  let attempts = 0;
  await compareAndSet('x', () => Promise.resolve(++attempts === winning));
  expect(attempts).toBe(winning);
});

test('what is never won ends, and says what it was', async () => {
  let attempts = 0;
  const never = compareAndSet('persons', () => {
    attempts++;
    return Promise.resolve(false);
  });
  await expect(never).rejects.toThrow('changed by others too often: persons');
  expect(attempts).toBe(10);
});

test('a failure of the store is reported at once', async () => {
  let attempts = 0;
  const failing = compareAndSet('x', () => {
    attempts++;
    return Promise.reject(new Error('away'));
  });
  await expect(failing).rejects.toThrow('away');
  expect(attempts).toBe(1);
});

test('many writers of one value all get their turn', async () => {
  let value = 0;
  const write = () =>
    compareAndSet('x', async () => {
      const read = value;
      await Promise.resolve();
      if (value !== read) return false;
      value = read + 1;
      return true;
    });
  await Promise.all(Array.from({ length: 8 }, write));
  expect(value).toBe(8);
});
