import type { IngestPorts } from '../../subgraphs/shared/ports/ingest-port.js';
import {
  doubtEverywhere,
  handFactsOver,
  handKinOver,
  moveEverywhere,
  withdrawEverywhere,
} from './deliver.js';

/** Hand-overs younger than this may still be under way: a dozen calls of at most thirty seconds each. */
const UNDER_WAY_MS = 10 * 60_000;

/**
 * Finishes what a crash broke off between an owner and the copies. Everything is derived anew from what the owners have
 * stored, so finishing twice, or beside a delivery that is under way after all, changes nothing.
 * @returns how many hand-overs were finished
 */
export async function resumeHandovers(ports: IngestPorts, before: Date): Promise<number> {
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

async function resumeParties(ports: IngestPorts, before: Date): Promise<number> {
  const left = await ports.citizens.unfinished(before);
  for (const { _id, keys } of left) {
    const moved = await ports.citizens.moved(keys);
    await moveEverywhere(ports, moved, { again: true });
    await handKinOver(ports, moved);
    await ports.citizens.finish(_id);
  }
  return left.length;
}

async function resumeCases(ports: IngestPorts, before: Date): Promise<number> {
  const left = await ports.cases.unfinished(before);
  for (const { _id, keys } of left) {
    const { ties, caseIds, gone } = await ports.cases.standing(keys);
    await doubtEverywhere(ports, gone);
    await handFactsOver(ports, caseIds);
    // What the crash kept from being stored changes nothing after all: copies show again by the facts there are.
    await withdrawEverywhere(ports, keys, _id);
    await ports.citizens.ties(ties);
    await ports.cases.finish(_id);
  }
  return left.length;
}

async function resumeCopies(ports: IngestPorts, before: Date): Promise<number> {
  let finished = 0;
  for (const port of [ports.documents, ports.benefits, ports.alerts]) {
    for (const { _id, keys } of await port.unfinished(before)) {
      const { ties, caseIds } = await port.standing(keys);
      await port.caseFacts(await ports.cases.factsOf(caseIds), keys);
      await ports.citizens.ties(ties);
      await port.finish(_id);
      finished++;
    }
  }
  return finished;
}
