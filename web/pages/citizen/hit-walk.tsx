import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { isWriting } from '../../parts/shortcuts.js';
import { useWords } from '../../text/text.js';
import type { LeftHits } from '../search/left-hits.js';
import { useSearchMemory } from '../search/search-memory.js';

/** On a Danish keyboard the brackets are written with AltGr, which some systems tell as Ctrl and Alt. */
const isBracket = ({ key, metaKey, ctrlKey, altKey }: KeyboardEvent) =>
  (key === '[' || key === ']') && !metaKey && ctrlKey === altKey;

/** Goes from person to person of the hits, by `[` and `]` too. Back leads to the hits from each of them. */
export function HitWalk({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { hits } = useSearchMemory();
  const [, go] = useLocation();
  const at = hits.ids.indexOf(id);
  useEffect(() => {
    const step = (by: number) => {
      const next = at === -1 ? undefined : hits.ids[at + by];
      if (next !== undefined) walkTo(hits, next, go);
    };
    const pressed = (event: KeyboardEvent) => {
      if (!isBracket(event) || isWriting(event.target)) return;
      event.preventDefault();
      step(event.key === '[' ? -1 : 1);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [at, hits, go]);
  if (at === -1 || hits.ids.length < 2) return null;
  const [before, after] = [hits.ids[at - 1], hits.ids[at + 1]];
  return (
    <span className="hit-walk">
      <WalkButton label={t('previousHit')} sign="‹" to={before} onStep={(to) => walkTo(hits, to, go)} />
      {t('hitOf', { n: at + 1, count: hits.ids.length })}
      <WalkButton label={t('nextHit')} sign="›" to={after} onStep={(to) => walkTo(hits, to, go)} />
    </span>
  );
}

function walkTo(hits: LeftHits, id: string, go: (path: string, options: { replace: boolean }) => void): void {
  hits.walkTo(id);
  go(`/citizens/${id}`, { replace: true });
}

interface WalkButtonProps {
  readonly label: string;
  readonly sign: string;
  /** The person it leads to; undefined at an end. */
  readonly to: string | undefined;
  readonly onStep: (to: string) => void;
}

function WalkButton({ label, sign, to, onStep }: WalkButtonProps) {
  return (
    <button
      type="button"
      className="plain"
      aria-label={label}
      disabled={to === undefined}
      onClick={() => to !== undefined && onStep(to)}
    >
      {sign}
    </button>
  );
}
