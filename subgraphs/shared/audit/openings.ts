import { LRUCache } from 'lru-cache';
import type { AuditFact } from './entry.js';
import { isOpening } from './fold-parts.js';

/** How long a look-up goes on after a person was opened in it; later the person is opened anew. */
const LOOK_UP_MS = 15 * 60_000;
const MAX_OPENINGS = 20_000;

/**
 * Remembers who was opened in which look-up, once that is durable: what a later request of the same look-up shows of the same person is
 * recorded as more of it, not as another opening. What this process does not know is an opening.
 */
export class Openings {
  readonly #known: LRUCache<string, true>;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#known = new LRUCache({ max: MAX_OPENINGS, ttl: LOOK_UP_MS, ttlResolution: 0, perf: { now } });
  }

  /** @returns the facts; an opening of somebody who is open in that look-up becomes more of what was shown */
  continued(facts: readonly AuditFact[]): AuditFact[] {
    return facts.map((fact) => {
      const key = keyOf(fact);
      return key !== undefined && this.#known.has(key) ? { ...fact, event: 'section-read' } : fact;
    });
  }

  /** Takes note of openings that have been written. */
  remember(facts: readonly AuditFact[]): void {
    for (const fact of facts) {
      const key = keyOf(fact);
      if (key !== undefined) this.#known.set(key, true);
    }
  }
}

/** @returns what one opening is known by; undefined for other facts, and for one without a look-up that could go on */
function keyOf(fact: AuditFact): string | undefined {
  const { cvr, user, unit, purpose, lookupId, citizenId } = fact;
  if (lookupId === null || !isOpening(fact)) return undefined;
  return JSON.stringify([cvr, user, unit, purpose, lookupId, citizenId]);
}
