import { present } from '../present.js';
import type { Collection, Doc } from './collection.js';
import { valuesAt } from './field-values.js';
import { encodeValue } from './key-encoding.js';
import { mergeSorted } from './merge-sorted.js';
import { type Pace, PAUSE, type Pause } from './pace.js';
import type { Sort } from './query-plan.js';

/** Rows that are sorted in one go; more are sorted in parts, which are merged. */
const PART_ROWS = 1000;

interface Row {
  readonly handle: number;
  readonly keys: readonly SortKey[];
}

interface SortKey {
  readonly encoded: string;
  readonly text: string | undefined;
}

/** @returns the handles of `matches` in the wanted order; of equal ones those that were inserted first */
export function* sortHandles(
  collection: Collection,
  { sort, collator }: { readonly sort: Sort; readonly collator: Intl.Collator | undefined },
  matches: Iterable<number | Pause>,
  pace: Pace,
): Generator<number | Pause> {
  const rows: Row[] = [];
  for (const handle of matches) {
    if (handle === PAUSE) {
      yield PAUSE;
      continue;
    }
    const doc = collection.doc(handle);
    rows.push({ handle, keys: sort.map(([path, direction]) => sortKey(doc, path, direction)) });
  }
  const compare = (a: Row, b: Row): number => compareRows(a, b, sort, collator);
  const parts: Row[][] = [];
  for (let at = 0; at < rows.length; at += PART_ROWS) {
    parts.push(rows.slice(at, at + PART_ROWS).sort(compare));
    if (pace.isDue()) yield PAUSE;
  }
  for (const { handle } of mergeSorted(parts, compare)) {
    if (pace.isDue()) yield PAUSE;
    yield handle;
  }
}

const keyAt = ({ keys }: Row, place: number) => present(keys[place], 'a key to sort by');

function compareRows(a: Row, b: Row, sort: Sort, collator: Intl.Collator | undefined): number {
  for (const [i, [, direction]] of sort.entries()) {
    const order = compareSortKeys(keyAt(a, i), keyAt(b, i), collator);
    if (order !== 0) return order * direction;
  }
  return a.handle - b.handle;
}

/** An array sorts by its least element ascending and its greatest descending, as in MongoDB. */
function sortKey(doc: Doc, path: string, direction: 1 | -1): SortKey {
  const keys = valuesAt(doc, path.split('.')).values.map((value) => ({
    encoded: encodeValue(value),
    text: typeof value === 'string' ? value : undefined,
  }));
  return keys.reduce((best, key) => (key.encoded < best.encoded === (direction === 1) ? key : best));
}

function compareSortKeys(a: SortKey, b: SortKey, collator: Intl.Collator | undefined): number {
  if (collator && a.text !== undefined && b.text !== undefined) return collator.compare(a.text, b.text);
  return a.encoded < b.encoded ? -1 : a.encoded > b.encoded ? 1 : 0;
}
