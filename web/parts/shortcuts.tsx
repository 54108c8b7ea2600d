import { useEffect, type RefObject } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../text/text.js';

/** Whether keys are being written: a shortcut never takes a letter from a field. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], dialog') !== null
  );
}

/** Single keys that fight neither the browser nor a screen reader's own: they work outside fields only (WCAG 2.1.4 by focus). */
export function useShortcuts(onHelp: () => void): void {
  const [, go] = useLocation();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
      if (event.key === '?') onHelp();
      else if (event.key === '/') searchField()?.select();
      else if (event.key === 'g') go('/inbox');
      else if (/^[1-9]$/.test(event.key)) toSection(Number(event.key));
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [go, onHelp]);
}

/** @returns the search field in the header; null while nobody is signed in. */
export const searchField = () => document.querySelector<HTMLInputElement>('#search');

function toSection(number: number): void {
  document.querySelectorAll<HTMLElement>('[data-tab-link]')[number - 1]?.click();
}

export function ShortcutHelp({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const { t } = useWords();
  const rows = [
    ['/', t('shortcutSearch')],
    ['g', t('shortcutInbox')],
    ['1–7', t('shortcutSections')],
    ['[ ]', t('shortcutHits')],
    ['?', t('shortcutHelp')],
  ] as const;
  return (
    <dialog ref={dialog} aria-labelledby="shortcuts">
      <h2 id="shortcuts">{t('shortcuts')}</h2>
      <p>{t('shortcutsIntro')}</p>
      <dl>
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="button button-primary">
          {t('close')}
        </button>
      </form>
    </dialog>
  );
}
