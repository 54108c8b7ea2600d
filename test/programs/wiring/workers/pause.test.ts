import { expect, test } from '@jest/globals';
import { pauseBefore } from '../../../../programs/wiring/workers/pause.js';

test('a worker that ends again and again is waited for longer each time, up to half a minute', () => {
  const pauses = [0];
  for (let i = 0; i < 8; i++) pauses.push(pauseBefore(pauses.at(-1)!, 5000));
  expect(pauses.slice(1)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test.each([
  [59_999, 16_000],
  [60_000, 1000],
])('one that ran %d ms is followed after %d ms', (ran, pause) => {
  expect(pauseBefore(8000, ran)).toBe(pause);
});
