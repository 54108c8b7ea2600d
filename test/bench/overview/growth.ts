import { CASES, GRANTS } from '../fronts/plant-growth.js';
import { factsOf } from './facts.js';
import { ask, used, type Asked, type Front } from './measure.js';
import { show } from './report.js';
import type { Stage } from './stage.js';

/** What one front's overview costs with little and with much of something, asked in turn. */
export interface Grown {
  readonly front: string;
  readonly what: string;
  readonly little: Cost;
  readonly much: Cost;
}

interface Cost {
  readonly amount: number;
  readonly ms: readonly number[];
  /** Of the front and its store together. */
  readonly cpuMs: readonly number[];
}

interface Question {
  readonly amount: number;
  readonly asked: Asked;
}

const WARM = 5;
/** Fronts that answer for whoever is asked about. */
const BY_PERSON = ['all-in-one', 'one-process', 'distributed', 'plain-apollo', 'fan-out'];
/** Fronts that decide by the roles of whoever asks. */
const BY_ROLE = ['all-in-one', 'one-process', 'distributed', 'plain-apollo'];

/** @returns what growth costs in a front; nothing when nothing was planted for it. @throws when an answer is not whole */
export async function measureGrowth(front: Front, { growth }: Stage, times: number): Promise<Grown[]> {
  if (!growth) return [];
  const grown: Grown[] = [];
  if (BY_PERSON.includes(front.name)) {
    const questions = CASES.map((amount) => ({ amount, asked: about(growth.persons[amount]!, front.asked) }));
    for (const question of questions) await checkCases(front, question);
    grown.push(await compare(front, 'cases of the person', questions, times));
  }
  if (BY_ROLE.includes(front.name)) {
    const questions = GRANTS.map((amount) => ({ amount, asked: by(growth.tokens[amount]!, front.asked) }));
    for (const { asked } of questions) factsOf(front.name, await ask({ ...front, asked }));
    grown.push(await compare(front, 'grants of the caller', questions, times));
  }
  return grown;
}

function about(id: string, { headers, body }: Asked): Asked {
  return { headers, body: JSON.stringify({ ...(JSON.parse(body) as object), variables: { id } }) };
}

function by(token: string, { headers, body }: Asked): Asked {
  return { headers: { ...headers, authorization: `Bearer ${token}` }, body };
}

async function checkCases(front: Front, { amount, asked }: Question): Promise<void> {
  const text = await ask({ ...front, asked });
  const { data } = JSON.parse(text) as {
    readonly data: {
      readonly citizen: { readonly cases: { readonly cases: { readonly totalCount: number } } };
    };
  };
  const { totalCount } = data.citizen.cases.cases;
  if (totalCount !== amount) throw new Error(`${front.name}: ${totalCount} of ${amount} cases`);
}

async function compare(
  front: Front,
  what: string,
  questions: readonly Question[],
  times: number,
): Promise<Grown> {
  const costs = questions.map(({ amount }) => ({ amount, ms: [] as number[], cpuMs: [] as number[] }));
  for (let i = -WARM; i < times; i++)
    for (const [at, { asked }] of questions.entries()) {
      const { ms, cpuMs } = await cost({ ...front, asked });
      if (i < 0) continue;
      costs[at]!.ms.push(ms);
      costs[at]!.cpuMs.push(cpuMs);
    }
  return { front: front.name, what, little: costs[0]!, much: costs[1]! };
}

async function cost(front: Front): Promise<{ ms: number; cpuMs: number }> {
  const before = await used(front);
  const begun = performance.now();
  await ask(front);
  const ms = performance.now() - begun;
  const after = await used(front);
  return { ms, cpuMs: after.cpuMs + after.storeCpuMs - before.cpuMs - before.storeCpuMs };
}

/** Prints each pair, and how much more the larger costs. */
export function printGrowth(grown: readonly Grown[]): void {
  for (const { front, what, little, much } of grown) {
    console.log(`\n${front}, ${what}: medians (lowest–highest of ${little.ms.length})`);
    for (const { amount, ms, cpuMs } of [little, much])
      console.log(`${String(amount).padStart(6)}: ${show(ms)} ms, CPU with the store's ${show(cpuMs)} ms`);
    const ratio = show(
      much.cpuMs.map((own, i) => own / little.cpuMs[i]!),
      2,
    );
    console.log(`${much.amount} ÷ ${little.amount}: ${ratio} × the CPU, pair by pair`);
  }
}
