import { useState } from 'react';

/**
 * What has been written and not sent, by form. It lives in the page's memory: it is there when the user comes back to the form, and gone
 * with the page. Only a reload that the page itself asks for carries it over, through the tab's own storage, which is emptied at once.
 */
const CARRIED = 'overblik-drafts';
const drafts = new Map<string, unknown>(carriedOver());

function carriedOver(): [string, unknown][] {
  const text = sessionStorage.getItem(CARRIED);
  sessionStorage.removeItem(CARRIED);
  return text === null ? [] : (JSON.parse(text) as [string, unknown][]);
}

export interface Draft<T> {
  readonly value: T;
  readonly set: (value: T) => void;
  /** It has been taken: nothing is left to lose. */
  readonly clear: () => void;
}

/**
 * @param key which form, and what it is about
 * @param empty what it begins with
 */
export function useDraft<T>(key: string, empty: T): Draft<T> {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : empty));
  const isEmpty = (one: T) => JSON.stringify(one) === JSON.stringify(empty);
  return {
    value,
    set(next) {
      if (isEmpty(next)) drafts.delete(key);
      else drafts.set(key, next);
      setValue(next);
    },
    clear() {
      drafts.delete(key);
      setValue(empty);
    },
  };
}

/** Loads the page anew, as after an upgrade, and loses nothing that has been written. */
export function reloadKeepingDrafts(): void {
  if (drafts.size > 0) sessionStorage.setItem(CARRIED, JSON.stringify([...drafts]));
  removeEventListener('beforeunload', askBeforeLeaving);
  location.reload();
}

/** Loads the page anew for somebody else: nothing of what was written here is hers, and she is not asked about it. */
export function reloadForAnotherUser(): void {
  drafts.clear();
  location.reload();
}

/** The browser asks before a window with something unsent is closed or led elsewhere. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (drafts.size > 0) event.preventDefault();
}
addEventListener('beforeunload', askBeforeLeaving);
