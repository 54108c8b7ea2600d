/** Called for a part that could not be stopped. */
export type OnStopFailed = (error: unknown, part: string) => void;

/**
 * Starts one part of a program. What it needs are the parts started before it, which `start` uses.
 * @param stop how it ends; left out for a part that holds nothing open
 * @returns the part
 */
export type StartPart = <T>(
  name: string,
  start: () => T | Promise<T>,
  stop?: (part: T) => unknown,
) => Promise<T>;

export interface Running<T> {
  readonly parts: T;
  /**
   * Stops every part, the last one started first. Stopping twice is stopping once.
   * @throws AggregateError when parts could not be stopped; the others are stopped all the same
   */
  readonly stop: () => Promise<void>;
}

interface Stop {
  readonly name: string;
  readonly stop: () => unknown;
}

/**
 * Starts the parts of a program in the order in which `build` asks for them. When one does not start, those before it are
 * stopped, and what it failed by is thrown.
 */
export async function startParts<T>(
  build: (start: StartPart) => Promise<T>,
  onStopFailed: OnStopFailed,
): Promise<Running<T>> {
  const stops: Stop[] = [];
  const start: StartPart = async (name, begin, stop) => {
    const part = await begin();
    if (stop) stops.push({ name, stop: () => stop(part) });
    return part;
  };
  try {
    const parts = await build(start);
    let stopped: Promise<void> | undefined;
    return { parts, stop: () => (stopped ??= stopAll(stops, onStopFailed)) };
  } catch (error) {
    // Why it did not start matters more than what went wrong afterwards; that has been logged.
    await stopAll(stops, onStopFailed).catch(() => undefined);
    throw error;
  }
}

async function stopAll(stops: readonly Stop[], onStopFailed: OnStopFailed): Promise<void> {
  const failures: unknown[] = [];
  for (const { name, stop } of stops.toReversed()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
      onStopFailed(error, name);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'parts of the program could not be stopped');
}
