import type { Counts } from './counts.js';
import type { Measured } from './measure.js';

export interface TakenRound {
  readonly front: string;
  readonly connections: number;
  readonly measured: Measured;
}

const RATIOS = [
  ['all-in-one', 'plain-apollo'],
  ['all-in-one', 'fan-out'],
  ['gateway', 'plain-gateway'],
  ['one-process', 'all-in-one'],
  ['distributed', 'all-in-one'],
] as const;

function spreadOf(values: readonly number[]): { median: number; low: number; high: number } {
  const ordered = [...values].sort((a, b) => a - b);
  return { median: ordered[Math.floor(ordered.length / 2)]!, low: ordered[0]!, high: ordered.at(-1)! };
}

/** @returns the median with the lowest and the highest value, as text. */
export function show(values: readonly number[], digits = 1): string {
  const [median, low, high] = Object.values(spreadOf(values)).map((value) => value.toFixed(digits));
  return `${median} (${low}–${high})`;
}

/** Prints the medians of each front with lowest and highest round, and the ratios of fronts round by round. */
export function printResults(
  fronts: readonly string[],
  connections: readonly number[],
  rounds: readonly TakenRound[],
): void {
  for (const count of connections) {
    const of = (front: string, key: keyof Measured): number[] =>
      rounds
        .filter((round) => round.front === front && round.connections === count)
        .map(({ measured }) => measured[key]);
    console.log(`\n${count} connection${count === 1 ? '' : 's'}, medians (lowest–highest round)`);
    for (const front of fronts) {
      const figure = (key: keyof Measured): string => show(of(front, key));
      console.log(
        `${front.padEnd(14)} ${figure('perSecond')}/s, p50 ${figure('p50')} ms, p95 ${figure('p95')} ms, CPU ${figure('cpuMs')} ms (main thread ${figure('mainMs')}), store's CPU ${figure('storeCpuMs')} ms (its thread ${figure('storeThreadMs')}), log entries ${figure('logEntries')}`,
      );
    }
    for (const [a, b] of RATIOS) {
      if (!fronts.includes(a) || !fronts.includes(b)) continue;
      const ratio = (key: keyof Measured): string => {
        const rivals = of(b, key);
        return show(
          of(a, key).map((own, i) => own / rivals[i]!),
          2,
        );
      };
      console.log(`${a} ÷ ${b}: ${ratio('perSecond')} × the throughput, ${ratio('cpuMs')} × the CPU`);
    }
  }
}

/** Prints what an overview costs the store in commands. */
export function printCounts(counts: readonly Counts[]): void {
  for (const { front, commands, bytes, byName } of counts) {
    console.log(
      `\n${front}: ${commands.toFixed(1)} store commands and ${Math.round(bytes)} bytes of them an overview`,
    );
    for (const [name, times] of byName) console.log(`  ${times.toFixed(2).padStart(6)} ${name}`);
  }
}
