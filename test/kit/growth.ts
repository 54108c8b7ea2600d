/** Below this a measure is the machine's noise. */
const NOISE_MS = 4;
const RUNS = 3;
/** Other work on the machine makes one measure longer than the text does: what is measured as growing fast is measured again. */
const TRIES = 4;
const FAST = 6;

/**
 * Tells how the work over a text grows when the text becomes four times as long: about 4 where it grows with the length, 16
 * and more where it grows with its square.
 * @param run does the work over a text of `length` characters
 * @param length of the shorter text
 */
export async function growth(run: (length: number) => unknown, length: number): Promise<number> {
  await run(length);
  let least = Infinity;
  for (let i = 0; i < TRIES && least > FAST; i++)
    least = Math.min(least, (await quickest(run, length * 4)) / (await quickest(run, length)));
  return least;
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
