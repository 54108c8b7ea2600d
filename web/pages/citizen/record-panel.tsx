import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { stepOf } from '../../parts/move-by-arrows.js';
import { isWriting } from '../../parts/shortcuts.js';
import { useWords } from '../../text/text.js';
import { usePlace, useReplace, type OpenRecord } from './place.js';
import { rowOf, rowsOf } from './row-link.js';

interface RecordPanelProps {
  readonly citizenId: string;
  readonly open: OpenRecord;
  readonly children: ReactNode;
}

/**
 * The panel beside the lists. It takes the focus when it opens; from it arrow keys go on to the next row and Esc closes it, back to the
 * row it was opened from.
 */
export function RecordPanel({ citizenId, open, children }: RecordPanelProps) {
  const { t } = useWords();
  const panel = useRef<HTMLElement>(null);
  const close = usePanelKeys(citizenId, open, panel);
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={panel} tabIndex={0} aria-label={t(open.kind)} className="section-card case-panel">
      <button type="button" className="plain panel-close" onClick={close}>
        {t(open.kind === 'case' ? 'closeCase' : 'close')} <kbd aria-hidden="true">Esc</kbd>
      </button>
      {children}
    </section>
  );
}

/** @returns what closes the panel. */
function usePanelKeys(citizenId: string, open: OpenRecord, panel: RefObject<HTMLElement | null>): () => void {
  const { to } = usePlace(citizenId);
  const replace = useReplace();
  const close = () => {
    replace(to({ open: null }));
    (rowOf(open) ?? document.querySelector<HTMLElement>('main'))?.focus();
  };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isWriting(event.target)) return;
      if (event.key === 'Escape') return close();
      const step = event.target === panel.current ? stepOf(event) : undefined;
      const rows = rowsOf(open.kind);
      const at = rows.findIndex((row) => row === rowOf(open));
      const next = step === undefined || at === -1 ? undefined : rows[at + step];
      if (!next) return;
      event.preventDefault();
      replace(next.pathname + next.search);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
  return close;
}
