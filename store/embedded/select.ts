import { Query } from 'mingo';
import type { Collection, Doc } from './collection.js';
import { compileFilter } from './compile-filter.js';
import { notImplemented, StoreError } from './errors.js';
import { valuesAt } from './field-values.js';
import { ID_INDEX } from './id-index.js';
import { type Pace, PAUSE, type Pause, type Search } from './pace.js';
import { assertSupportedFilter, branchesOf, isPlainObject } from './query-operators.js';
import { choosePlan, type Plan, type Sort } from './query-plan.js';
import { sortHandles } from './sort-handles.js';

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
  const entries = sort instanceof Map ? [...sort] : Object.entries<unknown>({ ...(sort ?? {}) });
  return entries.map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new StoreError('BadValue', `$sort key ordering must be 1 or -1`);
    return [String(path), direction] as const;
  });
}

/** Collation orders text when sorting; filters stay binary, so only the full strength is accepted. */
function parseCollation(collation: unknown): Intl.Collator | undefined {
  if (collation === undefined) return undefined;
  const { locale, strength = 3, ...rest } = isPlainObject(collation) ? collation : {};
  if (typeof locale !== 'string' || strength !== 3 || Object.keys(rest).length > 0)
    throw notImplemented('a collation other than { locale } with strength 3');
  return locale === 'simple' ? undefined : new Intl.Collator(locale);
}

/**
 * Handles of the records that match, in the wanted order, after skip and limit, with pauses between. Nothing is held but handles; a
 * body is read when its turn comes. What others change during a pause is seen as far as it is not passed yet.
 */
export function* select(collection: Collection, selection: Selection, pace: Pace): Generator<number | Pause> {
  const { skip, limit } = selection;
  let seen = 0;
  for (const handle of inOrder(collection, selection, pace)) {
    if (handle === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (seen++ >= skip) yield handle;
    if (limit > 0 && seen >= skip + limit) return;
  }
}

function* inOrder(collection: Collection, selection: Selection, pace: Pace): Generator<number | Pause> {
  const { source, otherwise, index } = sourcesOf(collection, selection);
  const search: Search = { namespace: collection.namespace, filter: selection.filter, index, examined: 0 };
  pace.beginSearch(search);
  const walk: Walk = { collection, selection, pace, search };
  if (!otherwise) {
    yield* fromOne(walk, source);
    return;
  }
  const given = new Set<number>();
  const isEnough = () => search.examined >= otherwise.after;
  for (const handle of matching(walk, until(source, isEnough))) {
    if (handle !== PAUSE) given.add(handle);
    yield handle;
  }
  if (!isEnough()) return;
  for (const handle of fromOne(walk, otherwise.source))
    if (handle === PAUSE || !given.has(handle)) yield handle;
}

/** One search that is under way. */
interface Walk {
  readonly collection: Collection;
  readonly selection: Selection;
  readonly pace: Pace;
  readonly search: Search;
}

function fromOne(walk: Walk, source: Source): Iterable<number | Pause> {
  const { collection, selection, pace } = walk;
  const matches = matching(walk, source);
  return selection.sort.length === 0 || source.sorted
    ? matches
    : sortHandles(collection, selection, matches, pace);
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
  /** Where candidates come from, in words of the log. */
  readonly index: string;
  /** Where to go on, in whatever order, when so many records were examined and there is no end of the first source yet. */
  readonly otherwise?: { readonly source: Source; readonly after: number };
}

/** Where candidates come from: the `_id` map, an index, or every record. */
function sourcesOf(collection: Collection, { filter, sort, limit, collator }: Selection): Sources {
  const ids = byId(filter);
  if (ids) {
    const handles = ids.map((id) => collection.handleOf(id)).filter((handle) => handle !== undefined);
    return {
      source: { handles: handles.sort((a, b) => a - b), sorted: false, repeats: true },
      index: ID_INDEX.name,
    };
  }
  const choice = choosePlan(collection.searchable, filter, collator ? [] : sort, limit);
  if (!choice)
    return { source: { handles: collection.handles(), sorted: false, repeats: false }, index: 'none' };
  const { plan, otherwise } = choice;
  return {
    source: sourceOf(plan),
    index: [plan, ...(otherwise ? [otherwise.plan] : [])].map(({ index }) => index.spec.name).join(', then '),
    ...(otherwise && { otherwise: { source: sourceOf(otherwise.plan), after: otherwise.after } }),
  };
}

function sourceOf({ index, intervals, sorted, backwards }: Plan): Source {
  const handles = sorted ? index.handlesInOrder(intervals, backwards) : index.handles(intervals, backwards);
  // A record that is changed during a pause may come from one interval and then from another.
  return { handles, sorted, repeats: index.multikey.includes(true) || intervals.length > 1 };
}

function* matching(
  { collection, selection: { filter }, pace, search }: Walk,
  { handles, repeats }: Source,
): Generator<number | Pause> {
  const test = testOf(filter);
  const seen = new Set<number>();
  const { turn } = pace;
  for (const handle of handles) {
    if (pace.isDue()) yield PAUSE;
    if (repeats) {
      if (seen.has(handle)) continue;
      seen.add(handle);
    }
    collection.examined++;
    search.examined++;
    // It may have been removed during a pause.
    if (pace.turn !== turn && !collection.isLive(handle)) continue;
    if (test === undefined || test(collection.doc(handle))) yield handle;
  }
}

/** @returns what a candidate's body must still pass; undefined when its body need not be read. */
export function testOf(filter: Doc): ((doc: Doc) => boolean) | undefined {
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
  const [[operator, values] = ['', undefined], ...more] = Object.entries<unknown>({ ...condition });
  if (operator !== '$in' || more.length > 0) return undefined;
  return Array.isArray(values) && values.every((text) => typeof text === 'string')
    ? new Set(values)
    : undefined;
}

/** @returns the `_id`s a filter names, alone or beside other conditions; undefined when it names none. */
function byId(filter: Doc): readonly string[] | undefined {
  const id = filter['_id'];
  if (typeof id === 'string') return [id];
  const ids = isPlainObject(id) ? id['$in'] : undefined;
  if (Array.isArray(ids) && ids.every((wanted) => typeof wanted === 'string')) return ids;
  for (const part of branchesOf(filter['$and'] ?? [])) {
    const named = byId(part);
    if (named) return named;
  }
  return undefined;
}
