import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MinuteCounts } from '../../../gateway/limits/minute-counts.js';

test('counts each key for itself, within a minute', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor')), (keys) => {
      const counts = new MinuteCounts(10);
      const seen: string[] = [];
      for (const key of keys) {
        seen.push(key);
        const { times, leftMs } = counts.count(key);
        expect(times).toBe(seen.filter((other) => other === key).length);
        expect(leftMs > 0 && leftMs <= 60_000).toBe(true);
      }
    }),
  );
});

test('holds no more keys than it may: whoever has been away longest begins again', () => {
  const counts = new MinuteCounts(2);
  for (const key of ['a', 'b', 'a', 'c']) counts.count(key);
  expect(counts.count('a').times).toBe(3);
  expect(counts.count('b').times).toBe(1);
});
