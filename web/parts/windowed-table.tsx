import { useEffect, useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { placeOf, type RowTableProps } from './row-place.js';

/** Height of a row before it has been measured, in pixels. */
const ROW_HEIGHT = 30;
const OVERSCAN = 15;

/** Only the rows in sight are in the document; the next page is fetched when the end comes near. */
export default function WindowedTable<Row>({
  label,
  rows,
  total,
  head,
  columns,
  more,
  children,
}: RowTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here and nowhere else
  const window = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const shown = window.getVirtualItems();
  const [first, last] = [shown[0], shown.at(-1)];
  const isNearEnd = last !== undefined && last.index >= rows.length - OVERSCAN;
  useEffect(() => {
    if (isNearEnd) more?.();
  }, [isNearEnd, more]);
  return (
    <div ref={scroller} className="scrolls windowed" tabIndex={0} role="group" aria-label={label}>
      <table className="table table--compact" aria-rowcount={(total ?? rows.length) + 1}>
        <thead>{head}</thead>
        <tbody data-arrows>
          <Spacer columns={columns} height={first?.start ?? 0} />
          {shown.map(({ index }) =>
            rows.slice(index, index + 1).map((row) => children(row, placeOf(index, window.measureElement))),
          )}
          <Spacer columns={columns} height={window.getTotalSize() - (last?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the document. */
function Spacer({ columns, height }: { readonly columns: number; readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
