import { isJsonObject } from '../../subgraphs/shared/certain/json-object.js';
/** What is written and not sent, by form. */
export type Drafts = readonly (readonly [form: string, draft: unknown])[];

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** One key for each user, who is named by a word that says nothing of the user. */
const PREFIX = 'overblik-drafts ';
/** A reload takes seconds, with a sign-in between minutes; what is older is of another day's work. */
const MAX_AGE_MS = 10 * 60_000;
/** Characters; a note has 100,000 bytes at most. */
const MAX_SIZE = 500_000;

/** Lays drafts down for one user, over a reload; of more than fits, those written last. */
export function carry(store: Store, user: string, drafts: Drafts, now: number): void {
  let left = MAX_SIZE;
  const fitting = [...drafts].reverse().filter((draft) => {
    const size = JSON.stringify(draft).length;
    if (size > left) return false;
    left -= size;
    return true;
  });
  if (fitting.length === 0) return;
  store.setItem(`${PREFIX}${user}`, JSON.stringify({ at: now, drafts: fitting.reverse() }));
}

/** Takes up what was laid down for a user, once. What was laid down for others is gone with it. */
export function takeCarried(store: Store, user: string, now: number): Drafts {
  const text = store.getItem(`${PREFIX}${user}`);
  dropCarried(store);
  return text === null ? [] : readCarried(text, now);
}

/** Drops what was laid down, whoever for. */
export function dropCarried(store: Store): void {
  const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? '');
  for (const key of keys) if (key.startsWith(PREFIX)) store.removeItem(key);
}

function readCarried(text: string, now: number): Drafts {
  try {
    const kept: unknown = JSON.parse(text);
    const { at, drafts } = isJsonObject(kept) ? kept : {};
    const isFresh = typeof at === 'number' && at <= now && now - at <= MAX_AGE_MS;
    return isFresh && text.length <= 2 * MAX_SIZE && Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    // Whatever stands there, it is nothing that this page laid down.
    return [];
  }
}

function isDraft(value: unknown): value is Drafts[number] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}
