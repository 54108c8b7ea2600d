import type { EndedSearch } from './pace.js';
import { isPlainObject } from './query-operators.js';

/** A search that has kept the store busy for long, as it is logged. */
export interface SlowSearch {
  readonly command: string;
  /** Database and name. */
  readonly collection: string;
  /** Names and operators of the filter. */
  readonly filter: string;
  /** Name of the index, or `none` when every record was examined. */
  readonly index: string;
  readonly examined: number;
  /** Milliseconds of its own work. */
  readonly ms: number;
}

/** What a field or operator is called; a name that is made of data (an id, a number) is no such word. */
const WORD = /^\$?[a-zA-Z_]{1,40}$/;
const MOST_NAMES = 40;

/** @param command name of the command that made the search */
export function slowSearch(
  command: string,
  { namespace, filter, index, examined, ms }: EndedSearch,
): SlowSearch {
  return { command, collection: namespace, filter: shapeOf(filter), index, examined, ms: Math.round(ms) };
}

/**
 * @returns the names and operators of a filter, and nothing of its values: `{ owner: { $in: ['a'] }, n: 5 }` is `owner.$in n`. A name
 *   that is no word is given as `*`.
 */
export function shapeOf(filter: Readonly<Record<string, unknown>>): string {
  const names = new Set<string>();
  collect(filter, [], names);
  const all = [...names];
  return all.slice(0, MOST_NAMES).join(' ') + (all.length > MOST_NAMES ? ' …' : '');
}

function collect(value: unknown, path: readonly string[], names: Set<string>): void {
  const parts = Array.isArray(value) ? value.filter(isPlainObject) : [];
  if (parts.length > 0) for (const part of parts) collect(part, path, names);
  else if (isPlainObject(value) && Object.keys(value).length > 0)
    for (const [name, inner] of Object.entries(value)) collect(inner, [...path, worded(name)], names);
  else if (path.length > 0) names.add(path.join('.'));
}

function worded(name: string): string {
  return name
    .split('.')
    .map((part) => (WORD.test(part) ? part : '*'))
    .join('.');
}
