import { isJsonObject } from '../../../subgraphs/shared/certain/json-object.js';
/** Purposes a look-up can state (docs/field.md, Law); the server holds the same list and decides. */
export const CROSS_AUTHORITY = ['UDK-8-BENEFIT-CASE', 'UDK-6-7-FACTS'] as const;
export const CONTROL = ['UDK-11A-CONSENT', 'UDK-11A-CONTROL'] as const;
export type Purpose = (typeof CROSS_AUTHORITY)[number] | (typeof CONTROL)[number];

const PURPOSES: readonly Purpose[] = [...CROSS_AUTHORITY, ...CONTROL];

/** @returns whether a text is one of these purposes. */
export function isOneOf(purposes: readonly Purpose[], text: string | null): text is Purpose {
  return purposes.some((purpose) => purpose === text);
}

/** @returns the purpose that an address proposes; null for none, and for what is no purpose. */
export function proposedBy(search: URLSearchParams): Purpose | null {
  return purposeIn(search.get('purpose'));
}

/** Names what is kept of a page's visit in the browser's history. */
const KEPT = 'overblikPurpose';

/** @returns what to keep with a visit: the purpose, and who has stated it. Addresses and their copies hold nothing of it. */
export function keptWith(state: unknown, purpose: Purpose, user: string): object {
  return { ...(typeof state === 'object' ? state : {}), [KEPT]: { purpose, user } };
}

/** @returns the purpose this user has stated on a visit before a reload; another user has stated none. */
export function keptPurpose(state: unknown, user: string | undefined): Purpose | null {
  const kept = isJsonObject(state) ? state[KEPT] : undefined;
  if (!isJsonObject(kept) || user === undefined) return null;
  const { purpose, user: of } = kept;
  return of === user && typeof purpose === 'string' ? purposeIn(purpose) : null;
}

const purposeIn = (text: string | null): Purpose | null => (isOneOf(PURPOSES, text) ? text : null);
