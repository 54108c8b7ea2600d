import { pairs } from '../../subgraphs/shared/certain/pairs.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { FeedRecordOf } from '../../subgraphs/shared/records/records.js';
import { deliverParties } from './deliver-parties.js';
import { handOver, hideCopies } from './hand-over.js';
import { tiesOf } from './ties-of.js';

type Removal = FeedRecordOf<'removal'>;
type RemovalPort = 'citizens' | 'cases' | 'documents' | 'benefits' | 'alerts';
const REMOVAL_PORT: Readonly<Record<Removal['of'], RemovalPort>> = {
  person: 'citizens',
  company: 'citizens',
  case: 'cases',
  note: 'cases',
  document: 'documents',
  grant: 'benefits',
  payment: 'benefits',
  alert: 'alerts',
};

/** Delivers deletions, each to the owner of the record. @returns what became of each, in the order given */
export async function deliverRemovals(
  ports: SubgraphPorts,
  removals: readonly Removal[],
): Promise<IngestOutcome[]> {
  const outcomes = new Map<Removal, IngestOutcome>();
  for (const name of new Set(removals.map(({ of }) => REMOVAL_PORT[of]))) {
    const some = removals.filter(({ of }) => REMOVAL_PORT[of] === name);
    for (const [removal, outcome] of pairs(some, await removeFrom(ports, name, some)))
      outcomes.set(removal, outcome);
  }
  return removals.map((removal) => present(outcomes.get(removal), 'the outcome of a removal'));
}

function removeFrom(
  ports: SubgraphPorts,
  name: RemovalPort,
  removals: readonly Removal[],
): Promise<readonly IngestOutcome[]> {
  if (name === 'citizens') return deliverParties(ports, () => ports.citizens.removals(removals));
  return name === 'cases' ? removeCases(ports, removals) : removeCopies(ports, name, removals);
}

async function removeCases(
  ports: SubgraphPorts,
  removals: readonly Removal[],
): Promise<readonly IngestOutcome[]> {
  const ids = removals.map(({ id }) => id);
  const { handover: announced, staleCases } = await ports.cases.announceRemovals(removals);
  await hideCopies(ports, staleCases);
  const { outcomes, handover } = await ports.cases.removals(removals);
  // Only now are they gone for good; a removal that was refused leaves what it hid to the hand-over's end.
  const { gone, caseIds } = await ports.cases.standing(ids);
  await handOver(ports, {
    owner: ports.cases,
    noted: [handover, announced],
    gone,
    cases: caseIds,
    withdrawal: { caseIds: ids, by: announced },
    ties: tiesOf(removals, outcomes),
  });
  return outcomes;
}

async function removeCopies(
  ports: SubgraphPorts,
  name: 'documents' | 'benefits' | 'alerts',
  removals: readonly Removal[],
): Promise<readonly IngestOutcome[]> {
  const { outcomes, handover } = await ports[name].removals(removals);
  await handOver(ports, { owner: ports[name], noted: [handover], ties: tiesOf(removals, outcomes) });
  return outcomes;
}
