import type { Usage } from '../fronts/usage.js';
import type { Child } from './child.js';
import { load } from './load.js';

/** A question and how it is asked. */
export interface Asked {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One way to a person's overview. */
export interface Front {
  readonly name: string;
  readonly url: string;
  readonly asked: Asked;
  /** What it consists of, the first of which is asked. */
  readonly processes: readonly Child[];
  /** The store's process; undefined where the store is a thread of the front, or none is there. */
  readonly store: Child | undefined;
  readonly storeUri: string | undefined;
}

/** What a round took; CPU and log entries are for each overview. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  /** CPU of the front without its store. */
  readonly cpuMs: number;
  /** Of that, what the main threads of its processes took. */
  readonly mainMs: number;
  readonly storeCpuMs: number;
  /** Of that, what the thread took that answers the store's commands. */
  readonly storeThreadMs: number;
  readonly logEntries: number;
  /** Of a hundred answers, those that lacked a part. */
  readonly incompletePercent: number;
}

export interface Round {
  readonly connections: number;
  readonly seconds: number;
  /** @returns the entries in the log of a store so far */
  readonly logEntries: (storeUri: string | undefined) => Promise<number>;
}

/** @returns the answer to a front's question, as text. */
export async function ask({ url, asked }: Front): Promise<string> {
  return (await fetch(url, { method: 'POST', ...asked })).text();
}

/** @returns what one round of a front took; throws when any request failed. */
export async function measure(front: Front, { connections, seconds, logEntries }: Round): Promise<Measured> {
  const before = [await used(front), await logEntries(front.storeUri)] as const;
  const { seconds: took, latencies, incomplete } = await load(front, connections, seconds);
  const after = [await used(front), await logEntries(front.storeUri)] as const;
  const requests = latencies.length;
  const each = (key: keyof Used): number => (after[0][key] - before[0][key]) / requests;
  return {
    perSecond: requests / took,
    p50: latencies[Math.floor(requests * 0.5)]!,
    p95: latencies[Math.floor(requests * 0.95)]!,
    cpuMs: each('cpuMs'),
    mainMs: each('mainMs'),
    storeCpuMs: each('storeCpuMs'),
    storeThreadMs: each('storeThreadMs'),
    incompletePercent: (100 * incomplete) / requests,
    logEntries: (after[1] - before[1]) / requests,
  };
}

type Used = Record<'cpuMs' | 'mainMs' | 'storeCpuMs' | 'storeThreadMs', number>;

/** @returns milliseconds of CPU so far; a store that is a thread of the front is taken out of the front's. */
export async function used({ processes, store }: Front): Promise<Used> {
  const usages = await Promise.all(processes.map((child) => child.usage()));
  const sum = (of: (usage: Usage) => number): number => usages.reduce((total, usage) => total + of(usage), 0);
  const workers = sum(({ workerMs = NaN }) => workerMs);
  const apart = await store?.usage();
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs) - (apart || Number.isNaN(workers) ? 0 : workers),
    mainMs: sum(({ mainMs = NaN }) => mainMs),
    storeCpuMs: apart ? apart.cpuMs : workers,
    storeThreadMs: apart ? (apart.workerMs ?? NaN) : workers,
  };
}
