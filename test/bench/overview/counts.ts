import { ask, type Front } from './measure.js';

/** Commands to the store and bytes of their bodies, for each overview. */
export interface Counts {
  readonly front: string;
  readonly commands: number;
  readonly bytes: number;
  /** Of each command and collection, the most frequent first. */
  readonly byName: readonly (readonly [string, number])[];
}

const WARM = 20;
const ASKED = 50;
/** What an overview does not need each time is periodic work, and named no more. */
const SELDOM = 0.1;

/** Asks a front one question after the other. @returns what each cost, periodic work included */
export async function count(front: Front): Promise<Counts> {
  const [child] = front.processes;
  for (let i = 0; i < WARM; i++) await ask(front);
  const before = await child!.usage();
  for (let i = 0; i < ASKED; i++) await ask(front);
  const after = await child!.usage();
  const byName = Object.entries(after.commands)
    .map(([name, times]) => [name, (times - (before.commands[name] ?? 0)) / ASKED] as const)
    .sort(([, a], [, b]) => b - a);
  return {
    front: front.name,
    commands: byName.reduce((sum, [, times]) => sum + times, 0),
    bytes: (after.commandBytes - before.commandBytes) / ASKED,
    byName: byName.filter(([, times]) => times >= SELDOM),
  };
}
