import type { Measured } from './measure.js';

interface Round {
  readonly front: string;
  readonly connections: number;
  readonly measured: Measured;
}

const RATIOS = [
  ['all-in-one', 'fan-out'],
  ['distributed', 'all-in-one'],
] as const;

function spreadOf(values: readonly number[]): { median: number; low: number; high: number } {
  const ordered = [...values].sort((a, b) => a - b);
  return { median: ordered[Math.floor(ordered.length / 2)]!, low: ordered[0]!, high: ordered.at(-1)! };
}

/** Prints the medians of each front with lowest and highest round, and the ratios of fronts round by round. */
export function printResults(
  fronts: readonly string[],
  connections: readonly number[],
  rounds: readonly Round[],
): void {
  for (const count of connections) {
    const of = (front: string, key: keyof Measured): number[] =>
      rounds
        .filter((round) => round.front === front && round.connections === count)
        .map(({ measured }) => measured[key]);
    const show = (values: readonly number[]): string => {
      const { median, low, high } = spreadOf(values);
      return `${median.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`;
    };
    console.log(`\n${count} connection${count === 1 ? '' : 's'}, medians (lowest–highest round)`);
    for (const front of fronts)
      console.log(
        `${front.padEnd(12)} ${show(of(front, 'perSecond'))}/s, p50 ${show(of(front, 'p50'))} ms, p97.5 ${show(of(front, 'p97'))} ms, CPU ${show(of(front, 'cpuMs'))} ms, of the store ${show(of(front, 'storeCpuMs'))} ms, log entries ${show(of(front, 'logEntries'))}`,
      );
    for (const [a, b] of RATIOS) {
      const rivals = of(b, 'perSecond');
      const { median, low, high } = spreadOf(of(a, 'perSecond').map((own, i) => own / rivals[i]!));
      console.log(
        `${a} ÷ ${b}: ${median.toFixed(2)} × the throughput (${low.toFixed(2)}–${high.toFixed(2)})`,
      );
    }
  }
}
