import { present } from '../present.js';
/** A source with the item it gives next. */
interface Head<T> {
  readonly item: T;
  readonly rest: Iterator<T>;
}

/**
 * @returns the items of sources that are in order each, in order together; which of equal items comes first is not said.
 * One item of each source is held.
 */
export function* mergeSorted<T>(
  sources: Iterable<Iterable<T>>,
  compare: (a: T, b: T) => number,
): Generator<T> {
  const heads: Head<T>[] = [];
  const enter = (rest: Iterator<T>): void => {
    const step = rest.next();
    if (!step.done) heads.splice(placeOf(heads, step.value, compare), 0, { item: step.value, rest });
  };
  for (const source of sources) enter(source[Symbol.iterator]());
  try {
    for (let head = heads[0]; head; head = heads[0]) {
      yield head.item;
      heads.shift();
      enter(head.rest);
    }
  } finally {
    // Whoever has enough leaves sources that still read.
    for (const { rest } of heads) rest.return?.();
  }
}

/** @returns before which head an item goes. */
function placeOf<T>(heads: readonly Head<T>[], item: T, compare: (a: T, b: T) => number): number {
  let [from, to] = [0, heads.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(present(heads[middle], 'a head in the middle').item, item) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
