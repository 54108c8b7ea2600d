import type { DoubtfulCase } from '../../subgraphs/shared/in-step/case-facts.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { CopyingIngest, IngestPorts, PartiedIngest } from '../../subgraphs/shared/ports/ingest-port.js';
import type { TakenBatch, TakenParties } from '../../subgraphs/shared/ports/ingest-shapes.js';
import { type MovedParties, partyKey, type ResolvedParties } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecord, FeedRecordOf } from '../../subgraphs/shared/records/records.js';
import { deliverOrganisation } from '../feed/deliver-organisation.js';
import { tiesOf } from './ties-of.js';

/** How many records of a delivery went which way. */
export type DeliveryCount = Readonly<Record<IngestOutcome, number>>;

/** Delivers checked records. @returns how many went which way */
export async function deliver(ports: IngestPorts, records: readonly FeedRecord[]): Promise<DeliveryCount> {
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
  ports: IngestPorts,
  records: readonly FeedRecord[],
): Promise<IngestOutcome[]> {
  const outcomes = new Map<FeedRecord, IngestOutcome>();
  const take = async <T extends FeedRecord['type']>(
    type: T,
    store: (some: FeedRecordOf<T>[]) => Promise<readonly IngestOutcome[]>,
  ): Promise<void> => {
    const some = records.filter((record): record is FeedRecordOf<T> => record.type === type);
    if (some.length === 0) return;
    for (const [i, outcome] of (await store(some)).entries()) outcomes.set(some[i]!, outcome);
  };
  await take('kle-topic', (some) => deliverOrganisation.topics(ports, some));
  await take('organisation-unit', (some) => deliverOrganisation.units(ports, some));
  await take('person', (some) => deliverParties(ports, 'persons', () => ports.citizens.persons(some)));
  await take('company', (some) => deliverParties(ports, 'companies', () => ports.citizens.companies(some)));
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
  return records.map((record) => outcomes.get(record)!);
}

/** Waits for all, also when one fails: nothing of a delivery goes on after it has been answered. */
async function allDone(steps: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((step) => step.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Persons and companies: whoever was named by their numbers before is led to them. */
async function deliverParties(
  ports: IngestPorts,
  kind: 'persons' | 'companies',
  store: () => Promise<TakenParties>,
): Promise<readonly IngestOutcome[]> {
  const { outcomes, handover, moved } = await store();
  // What a crash left half done comes again as a duplicate.
  await moveEverywhere(ports, moved, { again: outcomes.includes('duplicate') });
  if (kind === 'persons') await handKinOver(ports, moved);
  await ports.citizens.finish(handover);
  return outcomes;
}

/**
 * Leads parties in every subgraph to whom their numbers mean now, and copies of the cases concerned with them.
 * @param again whether it may have been begun before: cases that were led then change no more, and their copies may not know it
 */
export async function moveEverywhere(
  ports: IngestPorts,
  moved: MovedParties,
  { again }: { readonly again: boolean },
): Promise<void> {
  if (moved.size === 0) return;
  const changed = await ports.cases.parties(moved);
  const cases = again ? await ports.cases.ofParties([...moved.keys()]) : changed;
  await Promise.all([ports.documents, ports.benefits, ports.alerts].map((port) => port.parties(moved)));
  if (cases.length > 0) await handFactsOver(ports, cases);
}

/** Gives every copy the present facts of cases. */
export async function handFactsOver(ports: IngestPorts, caseIds: readonly string[]): Promise<void> {
  const facts = await ports.cases.factsOf([...new Set(caseIds)]);
  await Promise.all([ports.documents, ports.benefits, ports.alerts].map((port) => port.caseFacts(facts)));
}

/** The rule on kin rests on the register: users who are among the persons get their kin with them. */
export async function handKinOver(ports: IngestPorts, moved: MovedParties): Promise<void> {
  const ids = [...new Set([...moved.values()].flatMap((id) => id ?? []))];
  const users = await ports.access.personsAmongUsers(ids);
  if (users.length > 0) await ports.access.kin(await ports.citizens.kinOf(users));
}

/** Copies hide what is about to change before the case shows it, and get the new facts after (tightening before, loosening after). */
async function deliverCases(
  ports: IngestPorts,
  records: readonly FeedRecordOf<'case'>[],
  parties: ResolvedParties,
): Promise<readonly IngestOutcome[]> {
  const { handover, doubts } = await ports.cases.announce(records, parties);
  await doubtEverywhere(ports, doubts);
  const { outcomes, facts } = await ports.cases.cases(records, parties);
  await Promise.all([ports.documents, ports.benefits, ports.alerts].map((port) => port.caseFacts(facts)));
  // What a crash left half done comes again as a duplicate.
  const again = records.flatMap(({ id }, i) => (outcomes[i] === 'duplicate' ? [id] : []));
  if (again.length > 0) await handFactsOver(ports, again);
  const doubted = doubts.map(({ caseId }) => caseId);
  if (doubted.length > 0) await withdrawEverywhere(ports, doubted, handover);
  const late = await findLateParties(ports, ports.cases, records, parties);
  if (late.length > 0) await handFactsOver(ports, late);
  await ports.citizens.ties(tiesOf(records, outcomes));
  await ports.cases.finish(handover);
  return outcomes;
}

/** Shows copies again that a hand-over hid for something that did not come about. */
export async function withdrawEverywhere(
  ports: IngestPorts,
  caseIds: readonly string[],
  handover: string,
): Promise<void> {
  await Promise.all(
    [ports.documents, ports.benefits, ports.alerts].map((port) => port.withdraw(caseIds, handover)),
  );
}

export async function doubtEverywhere(ports: IngestPorts, doubts: readonly DoubtfulCase[]): Promise<void> {
  if (doubts.length === 0) return;
  await Promise.all([ports.documents, ports.benefits, ports.alerts].map((port) => port.doubt(doubts)));
}

/** Records on cases are stored without the cases' facts, and so hidden; the facts are read after and applied where newer. */
async function deliverCopies(
  ports: IngestPorts,
  port: CopyingIngest,
  records: readonly FeedRecordOf<'document' | 'grant' | 'alert'>[],
  parties: ResolvedParties,
  store: () => Promise<TakenBatch>,
): Promise<readonly IngestOutcome[]> {
  const { outcomes, handover } = await store();
  const caseIds = [...new Set(records.flatMap(casesOf))];
  if (caseIds.length > 0) {
    const onCases = records.filter((record) => casesOf(record).length > 0);
    await port.caseFacts(
      await ports.cases.factsOf(caseIds),
      onCases.map((record) => record.id),
    );
  }
  await findLateParties(ports, port, records, parties);
  await ports.citizens.ties(tiesOf(records, outcomes));
  await port.finish(handover);
  return outcomes;
}

/** A party unknown when the batch was read may have arrived while it was stored. @returns the records that changed by it */
async function findLateParties(
  ports: IngestPorts,
  port: PartiedIngest,
  records: readonly FeedRecord[],
  parties: ResolvedParties,
): Promise<string[]> {
  const unknown = records.flatMap(keysOf).filter((key) => !parties.has(key));
  if (unknown.length === 0) return [];
  const late = await ports.citizens.resolve(unknown);
  return late.size > 0 ? port.parties(late) : [];
}

type RemovalPort = 'citizens' | 'cases' | 'documents' | 'benefits' | 'alerts';
const REMOVAL_PORT: Readonly<Record<FeedRecordOf<'removal'>['of'], RemovalPort>> = {
  person: 'citizens',
  company: 'citizens',
  case: 'cases',
  note: 'cases',
  document: 'documents',
  grant: 'benefits',
  payment: 'benefits',
  alert: 'alerts',
};

async function deliverRemovals(
  ports: IngestPorts,
  removals: readonly FeedRecordOf<'removal'>[],
): Promise<IngestOutcome[]> {
  const outcomes = new Map<FeedRecordOf<'removal'>, IngestOutcome>();
  const names = [...new Set(removals.map(({ of }) => REMOVAL_PORT[of]))];
  for (const name of names) {
    const some = removals.filter(({ of }) => REMOVAL_PORT[of] === name);
    const told = await removeFrom(ports, name, some);
    for (const [i, outcome] of told.entries()) outcomes.set(some[i]!, outcome);
  }
  return removals.map((removal) => outcomes.get(removal)!);
}

async function removeFrom(
  ports: IngestPorts,
  name: RemovalPort,
  removals: readonly FeedRecordOf<'removal'>[],
): Promise<readonly IngestOutcome[]> {
  if (name === 'citizens') return deliverParties(ports, 'persons', () => ports.citizens.removals(removals));
  if (name === 'cases') {
    const { handover, doubts } = await ports.cases.announce(removals, new Map());
    await doubtEverywhere(ports, doubts);
    const taken = await ports.cases.removals(removals);
    // Only now is the doubt for good; a removal that was refused leaves what it hid to the hand-over's end.
    const { gone, caseIds } = await ports.cases.standing(removals.map(({ id }) => id));
    await doubtEverywhere(ports, gone);
    await handFactsOver(ports, caseIds);
    await withdrawEverywhere(
      ports,
      removals.map(({ id }) => id),
      handover,
    );
    await ports.citizens.ties(tiesOf(removals, taken.outcomes));
    await ports.cases.finish(taken.handover);
    await ports.cases.finish(handover);
    return taken.outcomes;
  }
  const taken = await ports[name].removals(removals);
  await ports.citizens.ties(tiesOf(removals, taken.outcomes));
  await ports[name].finish(taken.handover);
  return taken.outcomes;
}

function casesOf(record: FeedRecordOf<'document' | 'grant' | 'alert'>): readonly string[] {
  if (record.type === 'document') return record.caseIds;
  return record.caseId === null ? [] : [record.caseId];
}

/** @returns numbers of the parties of a record. */
function keysOf(record: FeedRecord): string[] {
  if (record.type === 'case') return record.parties.map(({ person }) => partyKey(person));
  if (record.type === 'document') return record.parties.map(partyKey);
  return record.type === 'grant' || record.type === 'alert' ? [partyKey(record.party)] : [];
}
