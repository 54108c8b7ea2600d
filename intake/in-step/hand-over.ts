import type { StaleCase } from '../../subgraphs/shared/in-step/case-facts.js';
import type { CaseFacts } from '../../subgraphs/shared/policy/facts.js';
import type { CopyingPort, HandingOver } from '../../subgraphs/shared/ports/common.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { TieInput, Withdrawal } from '../../subgraphs/shared/ports/shapes.js';

/** What an owner has noted and stored, and others are still to get. What is left out is not concerned. */
export interface HandOver {
  readonly owner: HandingOver;
  /** The owner's notes of it; each is crossed out when everybody has everything. */
  readonly noted: readonly string[];
  /** Cases that are gone for good. */
  readonly gone?: readonly StaleCase[];
  /** Cases whose present facts copies get, by id. */
  readonly cases?: readonly string[];
  /** Facts that are at hand already. */
  readonly facts?: readonly CaseFacts[];
  /** Who keeps the copies, and only in which records; everybody and in all when left out. */
  readonly to?: CopyingPort;
  readonly only?: readonly string[];
  /** What was hidden before the owner stored, to be shown again unless it has changed. */
  readonly withdrawal?: Withdrawal;
  readonly ties?: readonly TieInput[];
}

/**
 * Brings everybody in step with an owner, and only then crosses out its notes: a crash on the way leaves something to
 * finish. Every hand-over ends here, that of a delivery, of a message, and one that a crash broke off.
 */
export async function handOver(ports: SubgraphPorts, handing: HandOver): Promise<void> {
  const { owner, noted, gone = [], ties = [] } = handing;
  await hideCopies(ports, gone);
  await giveFacts(ports, handing);
  if (ties.length > 0) await ports.citizens.ties(ties);
  for (const handover of noted) await owner.finish(handover);
}

/** Hides copies of cases before the cases change, or because they are gone. */
export async function hideCopies(ports: SubgraphPorts, staleCases: readonly StaleCase[]): Promise<void> {
  if (staleCases.length > 0) await Promise.all(keepersOf(ports).map((port) => port.markStale(staleCases)));
}

/** @returns the subgraphs that keep copies of the facts of cases. */
export function keepersOf({ documents, benefits, alerts }: SubgraphPorts): readonly CopyingPort[] {
  return [documents, benefits, alerts];
}

async function giveFacts(ports: SubgraphPorts, handing: HandOver): Promise<void> {
  const { cases = [], facts: known = [], to, only, withdrawal } = handing;
  const present = cases.length === 0 ? [] : await ports.cases.factsOf([...new Set(cases)]);
  const hidden = withdrawal?.caseIds.length ?? 0;
  // What was read last is the newest.
  const facts = [...known, ...present];
  if (facts.length === 0 && hidden === 0) return;
  const aim = { ...(only && { only }), ...(hidden > 0 && { withdrawal }) };
  await Promise.all((to ? [to] : keepersOf(ports)).map((port) => port.caseFacts(facts, aim)));
}
