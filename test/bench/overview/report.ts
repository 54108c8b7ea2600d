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
  ['two-workers', 'all-in-one'],
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

const COLUMNS = [
  ['perSecond', 'overviews/s'],
  ['p50', 'p50 ms'],
  ['p95', 'p95 ms'],
  ['cpuMs', 'CPU ms'],
  ['mainMs', 'main thread'],
  ['storeCpuMs', "store's CPU ms"],
  ['storeThreadMs', 'its thread'],
  ['logEntries', 'log entries'],
  ['incompletePercent', 'incomplete %'],
] as const;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const nameOf = (connections: number): string => `${connections} connection${connections === 1 ? '' : 's'}`;

/** Prints what a person's first screen takes, as the page asks for it from Overblik in one process. */
export function printOpenings(openings: readonly Measured[]): void {
  if (openings.length === 0) return;
  console.log(`\n${row(['a person opened', ...COLUMNS.map(([, title]) => title)])}`);
  console.log(row(['---', ...COLUMNS.map(() => '---')]));
  console.log(row(['all-in-one', ...COLUMNS.map(([key]) => show(openings.map((each) => each[key])))]));
}

/** Prints, as tables of docs/performance.md, each front's medians with lowest and highest round, and the ratios of fronts round by round. */
export function printResults(
  fronts: readonly string[],
  connections: readonly number[],
  rounds: readonly TakenRound[],
): void {
  const of = (front: string, count: number, key: keyof Measured): number[] =>
    rounds
      .filter((round) => round.front === front && round.connections === count)
      .map(({ measured }) => measured[key]);
  for (const count of connections) {
    console.log(`\n${row([nameOf(count), ...COLUMNS.map(([, title]) => title)])}`);
    console.log(row(['---', ...COLUMNS.map(() => '---')]));
    for (const front of fronts)
      console.log(row([front, ...COLUMNS.map(([key]) => show(of(front, count, key)))]));
  }
  const titles = connections.flatMap((count) => [`throughput, ${nameOf(count)}`, `CPU, ${nameOf(count)}`]);
  console.log(`\n${row(['Ratio', ...titles])}`);
  console.log(row(['---', ...titles.map(() => '---')]));
  for (const [a, b] of RATIOS) {
    if (!fronts.includes(a) || !fronts.includes(b)) continue;
    const ratio = (count: number, key: keyof Measured): string => {
      const rivals = of(b, count, key);
      return show(
        of(a, count, key).map((own, i) => own / rivals[i]!),
        2,
      );
    };
    const cells = connections.flatMap((count) => [ratio(count, 'perSecond'), ratio(count, 'cpuMs')]);
    console.log(row([`${a} ÷ ${b}`, ...cells]));
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
