import { useId, useRef, type ReactNode } from 'react';
import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';

interface AskFirst {
  /** Does an act at once, or when the user has said that it is meant for this person. */
  readonly guard: (act: () => void) => void;
  readonly question: ReactNode;
}

/**
 * Asks before a save when another window has opened another person since.
 * @param onRefused called when the user says no
 */
export function useAskFirst(windows: Windows | undefined, name: string, onRefused: () => void): AskFirst {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const waiting = useRef<() => void>(undefined);
  const guard = (act: () => void) => {
    if (!windows?.showsAnotherPerson) return act();
    waiting.current = act;
    dialog.current?.showModal();
  };
  const answered = () => {
    if (dialog.current?.returnValue !== 'save') return onRefused();
    windows?.takeOver();
    waiting.current?.();
  };
  const question = (
    <dialog ref={dialog} aria-labelledby={id} onClose={answered}>
      <form method="dialog">
        <p id={id}>{t('otherPerson', { name })}</p>
        <p className="actions">
          <button type="submit" value="save" className="button button-primary">
            {t('otherPersonYes')}
          </button>
          <button type="submit" value="no" className="button button-secondary">
            {t('otherPersonNo')}
          </button>
        </p>
      </form>
    </dialog>
  );
  return { guard, question };
}
