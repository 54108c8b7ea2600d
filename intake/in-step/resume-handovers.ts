import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { handPartiesOver } from './deliver-parties.js';
import { handOver, keepersOf } from './hand-over.js';

/** Hand-overs younger than this may still be under way: a dozen calls of at most thirty seconds each. */
const UNDER_WAY_MS = 10 * 60_000;

/**
 * Finishes what a crash broke off between an owner and the copies. Everything is derived anew from what the owners have
 * stored, so finishing twice, or beside a delivery that is under way after all, changes nothing.
 * @returns how many hand-overs were finished
 */
export async function resumeHandovers(ports: SubgraphPorts, before: Date): Promise<number> {
  return (
    (await resumeParties(ports, before)) +
    (await resumeCases(ports, before)) +
    (await resumeCopies(ports, before))
  );
}

/** @returns the time before which a hand-over that is not finished has been left. */
export function leftBehindBy(now: Date): Date {
  return new Date(now.getTime() - UNDER_WAY_MS);
}

async function resumeParties(ports: SubgraphPorts, before: Date): Promise<number> {
  const left = await ports.citizens.unfinished(before);
  for (const { _id, keys } of left)
    await handPartiesOver(ports, _id, await ports.citizens.moved(keys), { again: true });
  return left.length;
}

async function resumeCases(ports: SubgraphPorts, before: Date): Promise<number> {
  const left = await ports.cases.unfinished(before);
  for (const { _id, keys } of left) {
    const { ties, caseIds: cases, gone } = await ports.cases.standing(keys);
    // What the crash kept from being stored changes nothing after all: copies show again by the facts there are.
    const withdrawal = { caseIds: keys, by: _id };
    await handOver(ports, { owner: ports.cases, noted: [_id], gone, cases, withdrawal, ties });
  }
  return left.length;
}

async function resumeCopies(ports: SubgraphPorts, before: Date): Promise<number> {
  let finished = 0;
  for (const port of keepersOf(ports)) {
    for (const { _id, keys } of await port.unfinished(before)) {
      const { ties, caseIds: cases } = await port.standing(keys);
      await handOver(ports, { owner: port, noted: [_id], cases, to: port, only: keys, ties });
      finished++;
    }
  }
  return finished;
}
