/** The fronts in the order in which they are started and printed. */
export const FRONT_NAMES = [
  'all-in-one',
  'one-process',
  'two-workers',
  'distributed',
  'plain-apollo',
  'fan-out',
  'gateway',
  'plain-gateway',
  'memory',
] as const;
export type FrontName = (typeof FRONT_NAMES)[number];

export interface Options {
  readonly fronts: readonly FrontName[];
  readonly rounds: number;
  readonly secondsPerRound: number;
  readonly connections: readonly number[];
  /** Whether more connections, cases and grants are measured. */
  readonly growth: boolean;
  /** Questions of each kind that growth is measured by. */
  readonly growthQuestions: number;
}

const isFront = (name: string): name is FrontName => (FRONT_NAMES as readonly string[]).includes(name);

/** @returns what the command line asks for. @throws for a front that does not exist */
export function readOptions(words: readonly string[]): Options {
  const quick = words.includes('--quick');
  const growth = words.includes('--growth');
  const at = words.indexOf('--fronts');
  const asked = at === -1 ? FRONT_NAMES : (words[at + 1] ?? '').split(',');
  const unknown = asked.filter((name) => !isFront(name));
  if (unknown.length > 0)
    throw new Error(`no front ${unknown.join(', ')}: there are ${FRONT_NAMES.join(', ')}`);
  return {
    fronts: FRONT_NAMES.filter((name) => asked.includes(name)),
    rounds: quick ? 3 : 7,
    secondsPerRound: quick ? 2 : 8,
    connections: growth ? [1, 4, 16, 64] : [1, 4],
    growth,
    growthQuestions: quick ? 15 : 60,
  };
}
