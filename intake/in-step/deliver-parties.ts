import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { PartiedPort } from '../../subgraphs/shared/ports/common.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { TakenParties } from '../../subgraphs/shared/ports/shapes.js';
import { type MovedParties, partyKey, type ResolvedParties } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecord } from '../../subgraphs/shared/records/records.js';
import { handOver, keepersOf } from './hand-over.js';

/** Persons and companies: whoever was named by their numbers before is led to them. */
export async function deliverParties(
  ports: SubgraphPorts,
  store: () => Promise<TakenParties>,
): Promise<readonly IngestOutcome[]> {
  const { outcomes, handover, moved } = await store();
  // What a crash left half done comes again as a duplicate.
  await handPartiesOver(ports, handover, moved, { again: outcomes.includes('duplicate') });
  return outcomes;
}

/**
 * Leads parties in every subgraph to whom their numbers mean now, and copies of the cases concerned with them.
 * @param again whether it may have been begun before: cases that were led then change no more, and their copies may not know it
 */
export async function handPartiesOver(
  ports: SubgraphPorts,
  handover: string,
  moved: MovedParties,
  { again }: { readonly again: boolean },
): Promise<void> {
  const cases = moved.size === 0 ? [] : await leadParties(ports, moved, again);
  await handKinOver(ports, moved);
  await handOver(ports, { owner: ports.citizens, noted: [handover], cases });
}

/** @returns the cases whose copies are to get the present facts. */
async function leadParties(ports: SubgraphPorts, moved: MovedParties, again: boolean): Promise<string[]> {
  const changed = await ports.cases.parties(moved);
  const cases = again ? await ports.cases.ofParties([...moved.keys()]) : changed;
  await Promise.all(keepersOf(ports).map((port) => port.parties(moved)));
  return cases;
}

/** The rule on kin rests on the register: users who are among the persons get their kin with them. */
async function handKinOver(ports: SubgraphPorts, moved: MovedParties): Promise<void> {
  const ids = [...new Set([...moved.values()].flatMap((id) => id ?? []))];
  if (ids.length === 0) return;
  const users = await ports.access.personsAmongUsers(ids);
  if (users.length > 0) await ports.access.kin(await ports.citizens.kinOf(users));
}

/** A party unknown when the batch was read may have arrived while it was stored. @returns the records that changed by it */
export async function findLateParties(
  ports: SubgraphPorts,
  port: PartiedPort,
  records: readonly FeedRecord[],
  parties: ResolvedParties,
): Promise<string[]> {
  const unknown = records.flatMap(keysOf).filter((key) => !parties.has(key));
  if (unknown.length === 0) return [];
  const late = await ports.citizens.resolve(unknown);
  return late.size > 0 ? port.parties(late) : [];
}

/** @returns numbers of the parties of a record. */
export function keysOf(record: FeedRecord): string[] {
  if (record.type === 'case') return record.parties.map(({ person }) => partyKey(person));
  if (record.type === 'document') return record.parties.map(partyKey);
  return record.type === 'grant' || record.type === 'alert' ? [partyKey(record.party)] : [];
}
