import { Query } from 'mingo';
import type { Collection, Doc } from './collection.js';
import { compileFilter } from './compile-filter.js';
import { notImplemented, StoreError } from './errors.js';
import { valuesAt } from './field-values.js';
import { encodeValue } from './key-encoding.js';
import { assertSupportedFilter } from './query-operators.js';
import { choosePlan, type Plan, type Sort } from './query-plan.js';

export interface Selection {
  readonly filter: Doc;
  readonly sort: Sort;
  readonly skip: number;
  /** 0 means all. */
  readonly limit: number;
  readonly collator: Intl.Collator | undefined;
}

/** @returns a selection from a command's raw parts; refuses what is not supported. */
export function parseSelection(parts: {
  filter?: unknown;
  sort?: unknown;
  skip?: unknown;
  limit?: unknown;
  collation?: unknown;
}): Selection {
  const filter = parts.filter ?? {};
  assertSupportedFilter(filter);
  return {
    filter,
    sort: parseSort(parts.sort),
    skip: wholeNumber('skip', parts.skip),
    limit: Math.abs(wholeNumber('limit', parts.limit)),
    collator: parseCollation(parts.collation),
  };
}

function wholeNumber(name: string, value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || (name === 'skip' && value < 0))
    throw new StoreError('BadValue', `${name} must be a whole number`);
  return value;
}

function parseSort(sort: unknown): Sort {
  const entries = sort instanceof Map ? [...sort] : Object.entries((sort ?? {}) as Doc);
  return entries.map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new StoreError('BadValue', `$sort key ordering must be 1 or -1`);
    return [String(path), direction] as const;
  });
}

/** Collation orders text when sorting; filters stay binary, so only the full strength is accepted. */
function parseCollation(collation: unknown): Intl.Collator | undefined {
  if (collation === undefined) return undefined;
  const { locale, strength = 3, ...rest } = collation as { locale?: string; strength?: number };
  if (locale === undefined || strength !== 3 || Object.keys(rest).length > 0)
    throw notImplemented('a collation other than { locale } with strength 3');
  return locale === 'simple' ? undefined : new Intl.Collator(locale);
}

/**
 * Handles of the records that match, in the wanted order, after skip and limit. Nothing is held but handles; a body is
 * read when its turn comes.
 */
export function* select(collection: Collection, selection: Selection): Generator<number> {
  const { skip, limit } = selection;
  let seen = 0;
  for (const handle of inOrder(collection, selection)) {
    if (seen++ >= skip) yield handle;
    if (limit > 0 && seen >= skip + limit) return;
  }
}

function* inOrder(collection: Collection, selection: Selection): Generator<number> {
  const { source, otherwise } = sourcesOf(collection, selection);
  if (!otherwise) {
    yield* fromOne(collection, selection, source);
    return;
  }
  const given = new Set<number>();
  const enough = collection.examined + otherwise.after;
  for (const handle of matching(
    collection,
    selection.filter,
    until(source, () => collection.examined >= enough),
  )) {
    given.add(handle);
    yield handle;
  }
  if (collection.examined < enough) return;
  for (const handle of fromOne(collection, selection, otherwise.source)) if (!given.has(handle)) yield handle;
}

function fromOne(collection: Collection, selection: Selection, source: Source): Iterable<number> {
  const matches = matching(collection, selection.filter, source);
  return selection.sort.length === 0 || source.sorted ? matches : sortHandles(collection, selection, matches);
}

function until(source: Source, enough: () => boolean): Source {
  function* handles(): Generator<number> {
    for (const handle of source.handles) {
      if (enough()) return;
      yield handle;
    }
  }
  return { ...source, handles: handles() };
}

interface Source {
  readonly handles: Iterable<number>;
  readonly sorted: boolean;
  /** A handle may come more than once. */
  readonly repeats: boolean;
}

interface Sources {
  readonly source: Source;
  /** Where to go on, in whatever order, when so many records were examined and there is no end of the first source yet. */
  readonly otherwise?: { readonly source: Source; readonly after: number };
}

/** Where candidates come from: the `_id` map, an index, or every record. */
function sourcesOf(collection: Collection, { filter, sort, limit, collator }: Selection): Sources {
  const ids = byId(filter);
  if (ids) {
    const handles = ids.map((id) => collection.handleOf(id)).filter((handle) => handle !== undefined);
    return { source: { handles: handles.sort((a, b) => a - b), sorted: false, repeats: true } };
  }
  const choice = choosePlan(collection.indexes.values(), filter, collator ? [] : sort, limit);
  if (!choice) return { source: { handles: collection.handles(), sorted: false, repeats: false } };
  const { plan, otherwise } = choice;
  return {
    source: sourceOf(plan),
    ...(otherwise && { otherwise: { source: sourceOf(otherwise.plan), after: otherwise.after } }),
  };
}

function sourceOf({ index, intervals, sorted, backwards }: Plan): Source {
  const handles = sorted ? index.handlesInOrder(intervals, backwards) : index.handles(intervals, backwards);
  return { handles, sorted, repeats: index.multikey.includes(true) };
}

function* matching(collection: Collection, filter: Doc, { handles, repeats }: Source): Generator<number> {
  const test = testOf(filter);
  const seen = new Set<number>();
  for (const handle of handles) {
    if (repeats) {
      if (seen.has(handle)) continue;
      seen.add(handle);
    }
    collection.examined++;
    if (test === undefined || test(collection.doc(handle))) yield handle;
  }
}

/** @returns what a candidate's body must still pass; undefined when its body need not be read. */
function testOf(filter: Doc): ((doc: Doc) => boolean) | undefined {
  const [only, ...more] = Object.entries(filter);
  if (only === undefined) return undefined;
  if (more.length === 0) {
    // The `_id` map has given exactly the records named.
    if (only[0] === '_id' && byId(filter) !== undefined) return undefined;
    const wanted = stringsOf(only[1]);
    // mingo compares every element with every value; a set of strings asks once.
    if (wanted && !only[0].startsWith('$')) {
      const path = only[0].split('.');
      return (doc) => valuesAt(doc, path).values.some((value) => wanted.has(value));
    }
  }
  const query = new Query(filter);
  const compiled = compileFilter(filter);
  if (!compiled) return (doc) => query.test(doc);
  return (doc) => {
    const answer = compiled.test(doc);
    return compiled.isUndecided() ? query.test(doc) : answer;
  };
}

/** @returns the strings of `{ $in: [strings] }`, or undefined for any other condition. */
function stringsOf(condition: unknown): ReadonlySet<unknown> | undefined {
  if (typeof condition !== 'object' || condition === null) return undefined;
  const entries = Object.entries(condition);
  const values: unknown = entries.length === 1 && entries[0]![0] === '$in' ? entries[0]![1] : undefined;
  return Array.isArray(values) && values.every((text) => typeof text === 'string')
    ? new Set(values)
    : undefined;
}

/** @returns the `_id`s a filter names, alone or beside other conditions; undefined when it names none. */
function byId(filter: Doc): readonly string[] | undefined {
  const id = filter['_id'];
  if (typeof id === 'string') return [id];
  const ids = (id as { $in?: unknown } | undefined)?.$in;
  if (Array.isArray(ids) && ids.every((wanted) => typeof wanted === 'string')) return ids;
  for (const part of (filter['$and'] ?? []) as Doc[]) {
    const named = byId(part);
    if (named) return named;
  }
  return undefined;
}

function sortHandles(
  collection: Collection,
  { sort, collator }: Selection,
  matches: Iterable<number>,
): number[] {
  const rows = Array.from(matches, (handle) => {
    const doc = collection.doc(handle);
    return { handle, keys: sort.map(([path, direction]) => sortKey(doc, path, direction)) };
  });
  rows.sort((a, b) => {
    for (const [i, [, direction]] of sort.entries()) {
      const order = compareSortKeys(a.keys[i]!, b.keys[i]!, collator);
      if (order !== 0) return order * direction;
    }
    return a.handle - b.handle;
  });
  return rows.map((row) => row.handle);
}

interface SortKey {
  readonly encoded: string;
  readonly text: string | undefined;
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
