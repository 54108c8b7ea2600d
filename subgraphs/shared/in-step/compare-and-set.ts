import { setTimeout as wait } from 'node:timers/promises';

const ATTEMPTS = 10;
const FIRST_WAIT_MS = 2;

/**
 * Changes what was read, as long as nobody else has changed it meanwhile: reads anew and tries again, a bounded number of times, with
 * waits that grow and are drawn at random, so that writers who met once do not meet again and again.
 * @param attempt reads and writes once. @returns whether it has won, or had nothing to do
 * @param what what could not be done, for the error that is thrown when it never won
 */
export async function compareAndSet(what: string, attempt: () => Promise<boolean>): Promise<void> {
  if (!(await hasWon(attempt))) throw new Error(`changed by others too often: ${what}`);
}

/** The same for whoever answers a lost race differently. @returns whether it has won */
export async function hasWon(attempt: () => Promise<boolean>): Promise<boolean> {
  for (let lost = 0; lost < ATTEMPTS; lost++) {
    if (lost > 0) await wait(Math.random() * FIRST_WAIT_MS * 2 ** lost);
    if (await attempt()) return true;
  }
  return false;
}
