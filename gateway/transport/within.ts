/**
 * Waits for work, but no longer than it is worth. The work itself goes on: whoever can end it does so in `late`.
 * @param milliseconds how long to wait
 * @param late gives the answer in its place, or throws
 * @returns what the work gives; rejects as it does when that comes first
 */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    return await Promise.race([work, passed.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
