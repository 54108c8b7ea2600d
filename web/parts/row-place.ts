import type { ReactNode, Ref } from 'react';

/** What a row must carry, so that it can be counted, and measured where only some are in the document. */
export interface RowPlace {
  readonly ref: Ref<HTMLTableRowElement> | undefined;
  readonly 'data-index': number;
  readonly 'aria-rowindex': number;
}

export interface RowTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** How many there are in all; null when that is not known. */
  readonly total: number | null | undefined;
  readonly head: ReactNode;
  readonly columns: number;
  /** Asks for the next page; undefined at the end or while one is under way. */
  readonly more: (() => void) | undefined;
  readonly children: (row: Row, place: RowPlace) => ReactNode;
}

/** @returns what a row carries, the head being the first row of all. */
export function placeOf(index: number, ref?: Ref<HTMLTableRowElement>): RowPlace {
  return { ref, 'data-index': index, 'aria-rowindex': index + 2 };
}
