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

/**
 * Delivers checked records: each to the subgraph that owns it, owners before those that keep copies of their facts. The
 * seed and the feed both come through here.
 */
export async function deliver(ports: IngestPorts, records: readonly FeedRecord[]): Promise<DeliveryCount> {
  const of = <T extends FeedRecord['type']>(type: T) =>
    records.filter((record): record is FeedRecordOf<T> => record.type === type);
  const count = { accepted: 0, duplicate: 0, superseded: 0 };
  const tally = (outcomes: readonly IngestOutcome[]) => outcomes.forEach((outcome) => count[outcome]++);

  if (of('person').length > 0) tally(await ports.citizens.persons(of('person')));
  const persons = await ports.citizens.resolve(records.flatMap(partiesOf));
  if (of('remark').length > 0) tally(await ports.citizens.remarks(of('remark'), persons));
  if (of('case').length > 0) tally(await deliverCases(ports, of('case'), persons));
  if (of('note').length > 0) tally(await ports.cases.notes(of('note')));
  const facts = await caseFacts(ports, records);
  if (of('document').length > 0) tally(await ports.documents.documents(of('document'), persons, facts));
  if (of('grant').length > 0) tally(await ports.benefits.grants(of('grant'), persons, facts));
  if (of('payment').length > 0) tally(await ports.benefits.payments(of('payment')));
  if (of('alert').length > 0) tally(await ports.alerts.alerts(of('alert'), persons, facts));
  await ports.citizens.ties(records.flatMap((record) => tieOf(record, persons)));
  return count;
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
    return [{ ...base, kind: 'case', tie: { kind: 'case', ...accessFacts(record) } }];
  if (record.type === 'document' && record.caseIds.length === 0)
    return [{ ...base, kind: 'document', tie: { kind: 'document', ...accessFacts(record) } }];
  if (record.type === 'alert' && record.caseId === null)
    return [{ ...base, kind: 'alert', tie: { kind: 'alert', ...accessFacts(record) } }];
  if (record.type !== 'grant') return [];
  return record.benefits.map(({ kle, id }) => ({
    ...base,
    recordId: `${record.id}/${id}`,
    kind: 'grant' as const,
    tie: { kind: 'grant' as const, ...accessFacts({ ...record, kle, unit: null, hiddenFrom: [] }) },
  }));
}
