import type { GovernedKind } from '../../generated/operations.js';

export const KINDS: readonly GovernedKind[] = ['MAPPING', 'AGREEMENT', 'SETTINGS', 'JUMP'];

const LISTS: Readonly<Record<GovernedKind, string>> = {
  MAPPING: '/access',
  AGREEMENT: '/access/agreements',
  JUMP: '/access/jumps',
  SETTINGS: '/access/settings',
};

/** @returns where everything of a kind is listed. */
export const listPath = (kind: GovernedKind): string => LISTS[kind];

/**
 * @param key undefined for a new one
 * @returns where one thing under change control is looked at; its key says nothing of a person
 */
export function itemPath(kind: GovernedKind, key?: string): string {
  const search = new URLSearchParams({ kind, ...(key !== undefined && { key }) });
  return `/access/item?${search.toString()}`;
}
