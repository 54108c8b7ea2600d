import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeSorted } from '../../../store/embedded/merge-sorted.js';

interface Item {
  readonly value: number;
  readonly source: number;
}
const byValue = (a: Item, b: Item) => a.value - b.value;
const named = (sources: readonly (readonly number[])[]): Item[][] =>
  sources.map((values, source) => values.map((value) => ({ value, source })));

test('items of sources in order come in order together', () => {
  const sources = fc.array(
    fc.array(fc.integer({ min: 0, max: 9 })).map((values) => values.toSorted((a, b) => a - b)),
  );
  fc.assert(
    fc.property(sources, (some) => {
      const merged = [...mergeSorted(named(some), byValue)];
      expect(merged.map(({ value }) => value)).toEqual(some.flat().sort((a, b) => a - b));
      // Each source's own items come in their own order, and all of them.
      for (const [source, values] of some.entries())
        expect(merged.filter((item) => item.source === source).map(({ value }) => value)).toEqual(values);
    }),
  );
});

test('one item of each source is held, and no more is read than is asked for', () => {
  const read: Item[] = [];
  function* reading(items: readonly Item[]): Generator<Item> {
    for (const item of items) {
      read.push(item);
      yield item;
    }
  }
  const merged = mergeSorted(
    named([
      [1, 4, 5],
      [2, 3],
    ]).map(reading),
    byValue,
  );
  expect(merged.next().value).toEqual({ value: 1, source: 0 });
  expect(read.map(({ value }) => value)).toEqual([1, 2]);
});
