import autocannon from 'autocannon';
import type { Child } from './child.js';

/** One way to a person's overview: the processes that it consists of, the first of which is asked. */
export interface Front {
  readonly name: string;
  readonly url: string;
  readonly processes: readonly Child[];
}

export interface Asked {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  /** autocannon tells the 97.5th percentile, not the 95th. */
  readonly p97: number;
  readonly cpuMs: number;
  readonly storeCpuMs: number;
  readonly logEntries: number;
}

export interface Surroundings {
  readonly store: Child;
  /** @returns the entries of all logs so far */
  readonly logEntries: () => Promise<number>;
  readonly seconds: number;
}

/** @returns what one round of a front took, for each overview; throws when any request failed. */
export async function measure(
  front: Front,
  { headers, body }: Asked,
  connections: number,
  { store, logEntries, seconds }: Surroundings,
): Promise<Measured> {
  const used = async (all: readonly Child[]) =>
    (await Promise.all(all.map((child) => child.cpuMs()))).reduce((sum, ms) => sum + ms, 0);
  const before = [await used(front.processes), await store.cpuMs(), await logEntries()] as const;
  const result = await autocannon({
    url: front.url,
    method: 'POST',
    headers,
    body,
    connections,
    duration: seconds,
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${front.name}: requests failed`);
  const after = [await used(front.processes), await store.cpuMs(), await logEntries()] as const;
  const requests = result.requests.total;
  const each = (at: 0 | 1 | 2): number => (after[at] - before[at]) / requests;
  const { p50, p97_5: p97 } = result.latency;
  const perSecond = requests / result.duration;
  return { perSecond, p50, p97, cpuMs: each(0), storeCpuMs: each(1), logEntries: each(2) };
}
