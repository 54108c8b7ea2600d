import type { KeyboardEvent } from 'react';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** @returns how many rows a key goes on, or back; undefined for a key that does not move. */
export function stepOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>,
): number | undefined {
  const held = event.ctrlKey || event.altKey || event.metaKey;
  return held ? undefined : ownValue(STEPS, event.key);
}

/** Arrow keys, and j and k, go from link to link of a list (`data-arrows`), beside the tabulator. */
export function moveByArrows(event: KeyboardEvent<HTMLAnchorElement>): void {
  const step = stepOf(event);
  if (step === undefined) return;
  const list = event.currentTarget.closest('[data-arrows]');
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
  const target = links[links.indexOf(event.currentTarget) + step];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
