import { present } from '../certain/present.js';
import { badInput } from '../errors/coded-error.js';
import type { StoreFilter } from '../policy/store-filter.js';
import type { CursorCodec, CursorScope, Position } from './cursor.js';

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A list's order: field paths with direction, the last one unique. */
export type ListOrder = readonly (readonly [path: string, direction: 1 | -1])[];

export interface PageRequest {
  readonly size: number;
  /** Rows after this position; undefined for the first page. */
  readonly after: Position | undefined;
}

export const MAX_PAGE = 50;

/** @returns the page asked for; throws BAD_INPUT or CURSOR_INVALID. */
export function pageRequest(args: PageArguments, cursors: CursorCodec, scope: CursorScope): PageRequest {
  const size = args.first ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    throw badInput('first', `a whole number from 1 to ${MAX_PAGE}`);
  return { size, after: args.after == null ? undefined : cursors.decode(args.after, scope) };
}

/** @returns the filter for rows after a position in the given order. */
export function afterFilter(order: ListOrder, position: Position | undefined): StoreFilter {
  if (position === undefined) return {};
  const branches = order.map(([path, direction], i) => ({
    ...Object.fromEntries(order.slice(0, i).map(([earlier], j) => [earlier, position[j]])),
    [path]: { [direction === 1 ? '$gt' : '$lt']: position[i] },
  }));
  // Every branch implies it, and an index can begin there.
  const [first, direction] = present(order[0], 'a field to sort by');
  if (position[0] == null) return { $or: branches };
  return { [first]: { [direction === 1 ? '$gte' : '$lte']: position[0] }, $or: branches };
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Page<T> {
  readonly edges: Edge<T>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** How rows become a page. */
export interface PageForm<R, T> {
  readonly cursors: CursorCodec;
  readonly scope: CursorScope;
  /** The values of the list's sort fields. */
  readonly positionOf: (row: R) => Position;
  readonly present: (row: R) => T;
}

/**
 * Cuts rows to a page. The store is asked for one row more than wanted, so "more follows" costs no count. A cursor is signed when it
 * is read: most callers ask for that of the page's end alone.
 */
export function toPage<R, T>(
  rows: readonly R[],
  request: PageRequest,
  { cursors, scope, positionOf, present }: PageForm<R, T>,
): Page<T> {
  const edges = rows.slice(0, request.size).map((row) => ({
    get cursor() {
      return cursors.encode(positionOf(row), scope);
    },
    node: present(row),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > request.size,
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}
