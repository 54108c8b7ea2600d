import type { KeyboardEvent } from 'react';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys go from link to link of a list (`data-arrows`), beside the tabulator. */
export function moveByArrows(event: KeyboardEvent<HTMLAnchorElement>): void {
  const step = ownValue(STEPS, event.key);
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const list = event.currentTarget.closest('[data-arrows]');
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
  const target = links[links.indexOf(event.currentTarget) + step];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
