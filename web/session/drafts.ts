import { useState } from 'react';
import { carry, dropCarried, takeCarried } from './carried.js';

/**
 * What has been written and not sent, by form. It lives in the page's memory: it is there when the user comes back to the form, and gone
 * with the page. Only a reload that the page itself asks for carries it over, through the tab's own storage, for the same user and for
 * some minutes (carried.ts).
 */
const drafts = new Map<string, unknown>();
/** Whose they are: a word that stays the same, and says nothing of the user. */
let owner: string | undefined;

/** Tells who is signed in, before anything is shown: what a reload has carried over belongs to that user, or is gone. */
export function openDrafts(user: string): void {
  if (owner === user) return;
  owner = user;
  drafts.clear();
  for (const [form, draft] of takeCarried(sessionStorage, user, Date.now())) drafts.set(form, draft);
}

/** The user signs out: nothing stays behind in the tab. What is in memory goes with the page. */
export function forgetCarriedDrafts(): void {
  dropCarried(sessionStorage);
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
 * @param isCurrent whether what was written earlier is still about what is there now; what is not is let go
 */
export function useDraft<T>(key: string, empty: T, isCurrent: (kept: T) => boolean = () => true): Draft<T> {
  const [value, setValue] = useState<T>(() => {
    // cast: under the key of a form lies what that form has written; isCurrent looks at it
    const kept = drafts.get(key) as T | undefined;
    if (kept !== undefined && isCurrent(kept)) return kept;
    drafts.delete(key);
    return empty;
  });
  const isEmpty = (draft: T) => JSON.stringify(draft) === JSON.stringify(empty);
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
  if (owner !== undefined) carry(sessionStorage, owner, [...drafts], Date.now());
  removeEventListener('beforeunload', askBeforeLeaving);
  location.reload();
}

/** Loads the page anew for somebody else: nothing of what was written here belongs to them, and they are not asked about it. */
export function reloadForAnotherUser(): void {
  drafts.clear();
  dropCarried(sessionStorage);
  location.reload();
}

/** The browser asks before a window with something unsent is closed or led elsewhere. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (drafts.size > 0) event.preventDefault();
}
addEventListener('beforeunload', askBeforeLeaving);
