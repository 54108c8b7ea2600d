import type { AccessSubject, Shown } from '../guard/guard.js';
import type { Permit } from '../guard/permit.js';
import type { CursorScope, Position } from '../paging/cursor.js';
import {
  afterFilter,
  type ListOrder,
  type Page,
  type PageArguments,
  type PageRequest,
  pageRequest,
  toPage,
} from '../paging/page.js';
import type { Permission } from '../policy/permissions.js';
import type { StoreFilter } from '../policy/store-filter.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { FirstRows } from './first-rows.js';

/** A list whose rows come from a source under a permit. */
export interface GuardedList<P extends Permission, R> {
  readonly permission: P;
  /** Sort fields, the last one unique. */
  readonly order: ListOrder;
  readonly positionOf: (row: R) => Position;
  readonly shown: (rows: readonly R[]) => Shown;
  /** @returns rows within the permit's access that pass `narrow`, in the list's order. */
  readonly rows: (permit: Permit<P>, narrow: StoreFilter, limit: number) => Promise<R[]>;
  readonly count: (permit: Permit<P>, narrow: StoreFilter) => Promise<number>;
  /** @returns the first rows as `rows` gives them, and their count where it is known; for lists narrowed to few records. */
  readonly first?: (permit: Permit<P>, narrow: StoreFilter, limit: number) => Promise<FirstRows<R>>;
}

export interface ListRequest {
  readonly subject: AccessSubject;
  /** What the list is narrowed to, a person for instance. */
  readonly narrow: StoreFilter;
  /** Whether what the list is narrowed to has few records as a rule: one person's, one case's. */
  readonly few?: boolean;
  readonly page: PageArguments;
  readonly scope: CursorScope;
}

/** A page of rows; the count is read only when it is asked for. */
export interface GuardedPage<R> extends Page<R> {
  readonly count: () => Promise<number | null>;
}

/** Reads one page of a list through the guard. @returns null when the caller has no right to the list */
export async function readPage<P extends Permission, R>(
  context: RequestContext,
  list: GuardedList<P, R>,
  asked: ListRequest,
): Promise<GuardedPage<R> | null> {
  const { subject, narrow, page, scope } = asked;
  const request = pageRequest(page, context.cursors, scope);
  const result = await context.guard.read(
    list.permission,
    subject,
    (permit) => readRows(list, permit, asked, request),
    ({ rows }) => list.shown(rows.slice(0, request.size)),
  );
  if (!result.permitted) return null;
  const { rows, count } = result.value;
  return {
    ...toPage(rows, request, {
      cursors: context.cursors,
      scope,
      positionOf: list.positionOf,
      present: (row: R): R => row,
    }),
    count: () => (count === null ? countRows(context, list, subject, narrow) : Promise.resolve(count)),
  };
}

/** @returns the rows of a page and one more, with the list's count where they tell it */
async function readRows<P extends Permission, R>(
  list: GuardedList<P, R>,
  permit: Permit<P>,
  { narrow, few = false }: ListRequest,
  { size, after }: PageRequest,
): Promise<FirstRows<R>> {
  if (after !== undefined)
    return {
      rows: await list.rows(permit, { $and: [narrow, afterFilter(list.order, after)] }, size + 1),
      count: null,
    };
  if (few && list.first) return list.first(permit, narrow, size + 1);
  const rows = await list.rows(permit, narrow, size + 1);
  // A first page that holds everything has counted it.
  return { rows, count: rows.length <= size ? rows.length : null };
}

/** Counts what the caller may see; a count says nothing of a record, so it names none in the log. */
async function countRows<P extends Permission, R>(
  context: RequestContext,
  list: GuardedList<P, R>,
  subject: AccessSubject,
  narrow: StoreFilter,
): Promise<number | null> {
  const result = await context.guard.read(
    list.permission,
    subject,
    (permit) => list.count(permit, narrow),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}

/** @returns the store's sort for a list's order. */
export function sortOf(order: ListOrder): Record<string, 1 | -1> {
  return Object.fromEntries(order);
}
