/** Below this a measure is the machine's noise. */
const NOISE_MS = 4;
const RUNS = 3;
/**
 * Other work on the machine, and the engine's own compiling, make one measure longer than the text does: what is measured as
 * growing fast is measured again. The quickest of all measures of each length count.
 */
const TRIES = 20;
const FAST = 6;

/**
 * Tells how the work over a text grows when the text becomes four times as long: about 4 where it grows with the length, 16
 * and more where it grows with its square.
 * @param run does the work over a text of `length` characters
 * @param length of the shorter text
 */
export async function growth(run: (length: number) => unknown, length: number): Promise<number> {
  await run(length);
  let long = Infinity;
  let short = Infinity;
  for (let i = 0; i < TRIES && !(long / short <= FAST); i++) {
    long = Math.min(long, await quickest(run, length * 4));
    short = Math.min(short, await quickest(run, length));
  }
  return long / short;
}

async function quickest(run: (length: number) => unknown, length: number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < RUNS; i++) {
    const begun = process.cpuUsage();
    await run(length);
    const { user } = process.cpuUsage(begun);
    best = Math.min(best, user / 1000);
  }
  return Math.max(best, NOISE_MS);
}
