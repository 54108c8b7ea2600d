import type { StoreFilter } from '../policy/store-filter.js';

/** Up to this many records that a list could hold are decided here; of more, the store's filter decides. */
export const FEW = 100;

/** How the rows of a list are found. */
export interface RowReader<R> {
  /** @returns rows that pass a store filter, in the list's order */
  readonly find: (filter: StoreFilter, limit: number) => Promise<R[]>;
  /** The permit's decision on one row; equal to `filter`. */
  readonly matches: (row: R) => boolean;
  /** The permit's decision as a store filter. */
  readonly filter: () => StoreFilter;
}

/** The first rows of a list. */
export interface FirstRows<R> {
  readonly rows: R[];
  /** How many rows the whole list has; null when the store has to count them. */
  readonly count: number | null;
}

/**
 * Reads the first rows of a list that mostly has few, such as one person's. The records are asked for without the access
 * filter, which is long for a wide role, and each is decided here: one short command gives rows and count.
 * @param narrow what the list is narrowed to
 * @param limit most rows that are wanted
 */
export async function firstRows<R>(
  reader: RowReader<R>,
  narrow: StoreFilter,
  limit: number,
): Promise<FirstRows<R>> {
  const found = await reader.find(narrow, FEW + 1);
  const visible = found.filter(reader.matches);
  if (found.length <= FEW) return { rows: visible.slice(0, limit), count: visible.length };
  // In the list's order nothing stands before what was found: a full page of it is the list's first page.
  if (visible.length >= limit) return { rows: visible.slice(0, limit), count: null };
  return { rows: await reader.find({ $and: [narrow, reader.filter()] }, limit), count: null };
}
