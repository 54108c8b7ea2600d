import { Suspense, lazy, useSyncExternalStore, type ReactNode, type Ref } from 'react';

const WindowedTable = lazy(() => import('./windowed-table.js'));

/** Lists longer than this render only the rows in sight; what does that is fetched when it is needed. */
const WINDOW_FROM = 60;

/** What a row must carry, so that it can be counted, and measured where only some are in the document. */
export interface RowPlace {
  readonly ref: Ref<HTMLTableRowElement> | undefined;
  readonly 'data-index': number;
  readonly 'aria-rowindex': number;
}

export interface RowTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** How many there are in all; null when that is not told. */
  readonly total: number | null | undefined;
  readonly head: ReactNode;
  readonly columns: number;
  /** Asks for the next page; undefined at the end or while one is under way. */
  readonly more: (() => void) | undefined;
  readonly children: (row: Row, place: RowPlace) => ReactNode;
}

/** A table that stays quick with thousands of rows. On paper all rows that have been fetched are there. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const isPrinting = useMedia('print');
  if (props.rows.length <= WINDOW_FROM || isPrinting) return <WholeTable {...props} />;
  return (
    <Suspense fallback={<WholeTable {...props} />}>
      <WindowedTable {...(props as RowTableProps<unknown>)} />
    </Suspense>
  );
}

/** @returns what a row carries, the head being the first row of all. */
export function placeOf(index: number, ref?: Ref<HTMLTableRowElement>): RowPlace {
  return { ref, 'data-index': index, 'aria-rowindex': index + 2 };
}

function WholeTable<Row>({ label, rows, total, head, children }: RowTableProps<Row>) {
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={label}>
      <table className="table table--compact" aria-rowcount={(total ?? rows.length) + 1}>
        <thead>{head}</thead>
        <tbody data-arrows>{rows.map((row, index) => children(row, placeOf(index)))}</tbody>
      </table>
    </div>
  );
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
