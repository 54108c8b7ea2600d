import {
  cprOfUrn,
  type IngestPorts,
  type ResolvedPersons,
  type TieInput,
} from '../../subgraphs/shared/ingest/ingest-port.js';
import type { FeedRecord, FeedRecordOf } from '../../subgraphs/shared/ingest/records.js';
import type { IngestOutcome } from '../../subgraphs/shared/ingest/store-registrations.js';
import { accessFacts } from '../../subgraphs/shared/ingest/access-facts.js';
import type { CaseFacts } from '../../subgraphs/shared/policy/facts.js';

/** How many records of a delivery went which way. */
export type DeliveryCount = Readonly<Record<IngestOutcome, number>>;

/** Delivers checked records. @returns how many went which way */
export async function deliver(ports: IngestPorts, records: readonly FeedRecord[]): Promise<DeliveryCount> {
  const count = { accepted: 0, duplicate: 0, superseded: 0, foreign: 0 };
  for (const outcome of await deliverInOrder(ports, records)) count[outcome]++;
  return count;
}

/**
 * Delivers checked records: each to the subgraph that owns it, owners before those that keep copies of their facts. The
 * seed and the feed both come through here.
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
  await take('person', (some) => deliverPersons(ports, some));
  const persons = await ports.citizens.resolve(records.flatMap(partiesOf));
  await take('remark', (some) => ports.citizens.remarks(some, persons));
  await take('case', (some) => deliverCases(ports, some, persons));
  await take('note', (some) => ports.cases.notes(some));
  const facts = await caseFacts(ports, records);
  await take('document', (some) => ports.documents.documents(some, persons, facts));
  await take('grant', (some) => ports.benefits.grants(some, persons, facts));
  await take('payment', (some) => ports.benefits.payments(some));
  await take('alert', (some) => ports.alerts.alerts(some, persons, facts));
  const taken = records.filter((record) => outcomes.get(record) !== 'foreign');
  await ports.citizens.ties(taken.flatMap((record) => tieOf(record, persons)));
  return records.map((record) => outcomes.get(record)!);
}

/** The rule on kin rests on the register: users who are among the persons get their kin with them. */
async function deliverPersons(ports: IngestPorts, persons: readonly FeedRecordOf<'person'>[]) {
  const outcomes = await ports.citizens.persons(persons);
  const users = await ports.access.personsAmongUsers(persons.map((person) => person.id));
  if (users.length > 0) await ports.access.kin(await ports.citizens.kinOf(users));
  return outcomes;
}

/** Copies that already hang on a case get its facts as soon as the case is stored. */
async function deliverCases(
  ports: IngestPorts,
  cases: readonly FeedRecordOf<'case'>[],
  persons: ResolvedPersons,
) {
  const outcomes = await ports.cases.cases(cases, persons);
  const facts = await ports.cases.factsOf(cases.map((record) => record.id));
  await Promise.all([ports.documents, ports.benefits, ports.alerts].map((port) => port.caseFacts(facts)));
  return outcomes;
}

async function caseFacts(
  ports: IngestPorts,
  records: readonly FeedRecord[],
): Promise<Map<string, CaseFacts>> {
  const ids = records.flatMap((record) => {
    if (record.type === 'document') return record.caseIds;
    return record.type === 'grant' || record.type === 'alert' ? (record.caseId ?? []) : [];
  });
  const facts = ids.length === 0 ? [] : await ports.cases.factsOf([...new Set(ids)]);
  return new Map(facts.map((one) => [one.caseId, one]));
}

function partiesOf(record: FeedRecord): string[] {
  if (record.type === 'case') return record.parties.map(({ person }) => cprOfUrn(person));
  if (record.type === 'document') return record.parties.map(cprOfUrn);
  if (record.type === 'grant' || record.type === 'alert') return [cprOfUrn(record.party)];
  return record.type === 'remark' ? [cprOfUrn(record.person)] : [];
}

/** Which persons a record ties to which facts. What is filed on a case is tied through the case. */
function tieOf(record: FeedRecord, persons: ResolvedPersons): TieInput[] {
  const citizenIds = partiesOf(record).flatMap((cpr) => persons.get(cpr) ?? []);
  const base = { recordId: record.id, registeredAt: record.registeredAt, citizenIds };
  if (record.type === 'case')
    return [{ ...base, kind: 'case', tie: { kind: 'case', ...accessFacts(record, []) } }];
  if (record.type === 'document' && record.caseIds.length === 0)
    return [{ ...base, kind: 'document', tie: { kind: 'document', ...accessFacts(record, []) } }];
  if (record.type === 'alert' && record.caseId === null)
    return [{ ...base, kind: 'alert', tie: { kind: 'alert', ...accessFacts(record, []) } }];
  if (record.type !== 'grant') return [];
  return record.benefits.map(({ kle, id }) => ({
    ...base,
    recordId: `${record.id}/${id}`,
    kind: 'grant' as const,
    tie: { kind: 'grant' as const, ...accessFacts({ ...record, kle, unit: null, hiddenFrom: [] }, []) },
  }));
}
