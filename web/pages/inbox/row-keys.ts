import { useEffect, useRef } from 'react';

/** What the keys of a list with a panel do. */
export interface RowKeys {
  /** To the next row (1) or the one before (-1). */
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** `j` and `k` walk the rows and `Esc` closes the panel, unless something is being written. */
export function useRowKeys(keys: RowKeys): void {
  const newest = useRef(keys);
  useEffect(() => {
    newest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
      if (event.key === 'j') newest.current.onMove(1);
      else if (event.key === 'k') newest.current.onMove(-1);
      else if (event.key === 'Escape') newest.current.onClose();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

/** A box that is ticked takes no letters; every other field does. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog') !== null
  );
}
