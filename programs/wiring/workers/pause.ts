const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
/** A worker that has run this long ended for a new reason. */
const SETTLED_MS = 60_000;

/**
 * How long to wait before a worker that ended is started anew: a fault that ends each one at once must not keep the machine busy.
 * @param before the wait before the one that ended; 0 for none
 * @param ranMs how long that one ran
 * @returns milliseconds
 */
export function pauseBefore(before: number, ranMs: number): number {
  return ranMs >= SETTLED_MS || before === 0 ? FIRST_MS : Math.min(LONGEST_MS, before * 2);
}
