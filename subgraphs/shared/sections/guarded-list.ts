import type { AccessSubject, Shown } from '../guard/guard.js';
import type { Permit } from '../guard/permit.js';
import type { CursorScope, Position } from '../paging/cursor.js';
import {
  afterFilter,
  type ListOrder,
  type Page,
  type PageArguments,
  pageRequest,
  toPage,
} from '../paging/page.js';
import type { Permission } from '../policy/permissions.js';
import type { StoreFilter } from '../policy/store-filter.js';
import type { RequestContext } from '../runtime/request-context.js';

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
}

export interface ListRequest {
  readonly subject: AccessSubject;
  /** What the list is narrowed to, a person for instance. */
  readonly narrow: StoreFilter;
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
  { subject, narrow, page, scope }: ListRequest,
): Promise<GuardedPage<R> | null> {
  const request = pageRequest(page, context.cursors, scope);
  const filter: StoreFilter =
    request.after === undefined ? narrow : { $and: [narrow, afterFilter(list.order, request.after)] };
  const result = await context.guard.read(
    list.permission,
    subject,
    (permit) => list.rows(permit, filter, request.size + 1),
    (rows) => list.shown(rows.slice(0, request.size)),
  );
  if (!result.permitted) return null;
  // A first page that holds everything has counted it.
  const whole = request.after === undefined && result.value.length <= request.size;
  return {
    ...toPage(result.value, request, {
      cursors: context.cursors,
      scope,
      positionOf: list.positionOf,
      present: (row: R): R => row,
    }),
    count: () => (whole ? Promise.resolve(result.value.length) : countRows(context, list, subject, narrow)),
  };
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
