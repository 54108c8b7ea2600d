import { pairs } from '../../subgraphs/shared/certain/pairs.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { CopyingPort } from '../../subgraphs/shared/ports/common.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { TakenBatch } from '../../subgraphs/shared/ports/shapes.js';
import type { ResolvedParties } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecord, FeedRecordOf } from '../../subgraphs/shared/records/records.js';
import { deliverOrganisation } from '../feed/deliver-organisation.js';
import { deliverParties, findLateParties, keysOf } from './deliver-parties.js';
import { deliverRemovals } from './deliver-removals.js';
import { handOver, hideCopies } from './hand-over.js';
import { tiesOf } from './ties-of.js';

/** How many records of a delivery went which way. */
export type DeliveryCount = Readonly<Record<IngestOutcome, number>>;

/** Delivers checked records. @returns how many went which way */
export async function deliver(ports: SubgraphPorts, records: readonly FeedRecord[]): Promise<DeliveryCount> {
  const count = { accepted: 0, duplicate: 0, superseded: 0, foreign: 0 };
  for (const outcome of await deliverInOrder(ports, records)) count[outcome]++;
  return count;
}

/**
 * Delivers checked records: each to the subgraph that owns it, owners before those that keep copies of their facts.
 * Every owner notes a hand-over before it stores and it is finished when every copy has it, so a crash leaves either
 * nothing or something to finish. The seed, the feed and messages all come through here.
 * @returns what became of each record, in the order given
 */
export async function deliverInOrder(
  ports: SubgraphPorts,
  records: readonly FeedRecord[],
): Promise<IngestOutcome[]> {
  const outcomes = new Map<FeedRecord, IngestOutcome>();
  const take = async <T extends FeedRecord['type']>(
    type: T,
    store: (some: FeedRecordOf<T>[]) => Promise<readonly IngestOutcome[]>,
  ): Promise<void> => {
    const some = records.filter((record): record is FeedRecordOf<T> => record.type === type);
    if (some.length === 0) return;
    for (const [record, outcome] of pairs(some, await store(some))) outcomes.set(record, outcome);
  };
  await take('kle-topic', (some) => deliverOrganisation.topics(ports, some));
  await take('organisation-unit', (some) => deliverOrganisation.units(ports, some));
  await take('person', (some) => deliverParties(ports, () => ports.citizens.persons(some)));
  await take('company', (some) => deliverParties(ports, () => ports.citizens.companies(some)));
  await take('user', (some) => deliverOrganisation.users(ports, some));
  await take('remark', (some) => ports.citizens.remarks(some));
  const parties = await ports.citizens.resolve(records.flatMap(keysOf));
  await take('case', (some) => deliverCases(ports, some, parties));
  // What hangs on cases hangs on nothing else that is taken here.
  await allDone([
    take('note', (some) => ports.cases.notes(some)),
    take('document', (some) =>
      deliverCopies(ports, ports.documents, some, parties, () => ports.documents.documents(some, parties)),
    ),
    take('grant', (some) =>
      deliverCopies(ports, ports.benefits, some, parties, () => ports.benefits.grants(some, parties)),
    ),
    take('payment', (some) => ports.benefits.payments(some)),
    take('alert', (some) =>
      deliverCopies(ports, ports.alerts, some, parties, () => ports.alerts.alerts(some, parties)),
    ),
  ]);
  await take('removal', (some) => deliverRemovals(ports, some));
  return records.map((record) => present(outcomes.get(record), 'the outcome of a record'));
}

/** Waits for all, also when one fails: nothing of a delivery goes on after it has been answered. */
async function allDone(steps: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((step) => step.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Copies hide what is about to change before the case shows it, and get the new facts after (tightening before, loosening after). */
async function deliverCases(
  ports: SubgraphPorts,
  records: readonly FeedRecordOf<'case'>[],
  parties: ResolvedParties,
): Promise<readonly IngestOutcome[]> {
  const { handover, staleCases, stored } = await ports.cases.take(records, parties);
  await hideCopies(ports, staleCases);
  const { outcomes, facts } = stored ?? (await ports.cases.cases(records, parties));
  // What a crash left half done comes again as a duplicate.
  const again = records.flatMap(({ id }, i) => (outcomes[i] === 'duplicate' ? [id] : []));
  const late = await findLateParties(ports, ports.cases, records, parties);
  await handOver(ports, {
    owner: ports.cases,
    noted: [handover],
    cases: [...again, ...late],
    facts,
    withdrawal: { caseIds: staleCases.map(({ caseId }) => caseId), by: handover },
    ties: tiesOf(records, outcomes),
  });
  return outcomes;
}

/** Records on cases are stored without the cases' facts, and so hidden; the facts are read after and applied where newer. */
async function deliverCopies(
  ports: SubgraphPorts,
  port: CopyingPort,
  records: readonly FeedRecordOf<'document' | 'grant' | 'alert'>[],
  parties: ResolvedParties,
  store: () => Promise<TakenBatch>,
): Promise<readonly IngestOutcome[]> {
  const { outcomes, handover } = await store();
  await findLateParties(ports, port, records, parties);
  await handOver(ports, {
    owner: port,
    noted: [handover],
    cases: records.flatMap(casesOf),
    to: port,
    only: records.filter((record) => casesOf(record).length > 0).map(({ id }) => id),
    ties: tiesOf(records, outcomes),
  });
  return outcomes;
}

function casesOf(record: FeedRecordOf<'document' | 'grant' | 'alert'>): readonly string[] {
  if (record.type === 'document') return record.caseIds;
  return record.caseId === null ? [] : [record.caseId];
}
