import { Suspense, lazy, useSyncExternalStore } from 'react';
import { placeOf, type RowTableProps } from './row-place.js';

const WindowedTable = lazy(() => import('./windowed-table.js'));

/** Lists longer than this render only the rows in sight; what does that is fetched when it is needed. */
const WINDOW_FROM = 60;

/** A table that stays quick with thousands of rows. On paper all rows that have been fetched are there. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const isPrinting = useMedia('print');
  if (props.rows.length <= WINDOW_FROM || isPrinting) return <WholeTable {...props} />;
  return (
    <Suspense fallback={<WholeTable {...props} />}>
      {/* cast: a lazy component has no type of its own for each Row */}
      <WindowedTable {...(props as RowTableProps<unknown>)} />
    </Suspense>
  );
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
