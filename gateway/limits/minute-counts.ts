import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;

/** How often somebody came in the minute that began with the first time. */
interface Count {
  times: number;
}

/** What became of one time. */
export interface Counted {
  /** Times in this minute, this one included. */
  readonly times: number;
  /** Milliseconds until the minute is over. */
  readonly leftMs: number;
}

/**
 * Counts by key over a minute. Bounded: of more keys than it holds, whoever has been away longest begins again; a count is
 * gone when its minute is over. It goes by a clock that nobody sets.
 */
export class MinuteCounts {
  readonly #counts: LRUCache<string, Count>;

  /** @param max keys that are held at most */
  constructor(max: number) {
    this.#counts = new LRUCache({ max, ttl: MINUTE_MS });
  }

  /** @returns how often a key came in this minute, and when that is over; nothing is counted */
  look(key: string): Counted {
    const times = this.#counts.get(key)?.times ?? 0;
    return { times, leftMs: times === 0 ? MINUTE_MS : Math.max(1, this.#counts.getRemainingTTL(key)) };
  }

  /** Counts one time of a key. */
  count(key: string): Counted {
    const known = this.#counts.get(key);
    if (!known) {
      this.#counts.set(key, { times: 1 });
      return { times: 1, leftMs: MINUTE_MS };
    }
    known.times++;
    return {
      times: known.times,
      leftMs: Math.min(MINUTE_MS, Math.max(1, this.#counts.getRemainingTTL(key))),
    };
  }
}
