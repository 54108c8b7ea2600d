import type { IngestPorts, ReferenceRecord, UserInput } from '../../subgraphs/shared/ports/ingest-port.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecordOf } from '../../subgraphs/shared/records/records.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/store-registrations.js';

/** Classification and units go to every subgraph's bounded copy; users to the access registry. */
export const deliverOrganisation = {
  async topics(ports: IngestPorts, records: readonly FeedRecordOf<'kle-topic'>[]): Promise<IngestOutcome[]> {
    return spread(
      ports,
      records.map(({ number, title, registeredAt }) => ({ _id: `kle:${number}`, title, registeredAt })),
    );
  },
  async units(
    ports: IngestPorts,
    records: readonly FeedRecordOf<'organisation-unit'>[],
  ): Promise<IngestOutcome[]> {
    return spread(
      ports,
      records.map(({ id, cvr, name, contact, registeredAt }) => ({
        _id: `unit:${id}`,
        name,
        contact,
        cvr,
        registeredAt,
      })),
    );
  },
  async users(ports: IngestPorts, records: readonly FeedRecordOf<'user'>[]): Promise<IngestOutcome[]> {
    const persons = await ports.citizens.resolve(
      records.flatMap(({ person }) => (person === null ? [] : [partyKey(person)])),
    );
    const outcomes = await ports.access.deliveredUsers(
      records.map(({ cvr, subject, unit, jobFunctionRoles, person, registeredAt }) => {
        const personId = person === null ? null : (persons.get(partyKey(person)) ?? null);
        return { cvr, subject, unit, jobFunctionRoles, personId, registeredAt };
      }),
    );
    // Alerts are given to users; a delivery that was broken off here comes again and does the rest.
    await ports.alerts.reference(records.map(asUserReference));
    return outcomes;
  },
};

/** @returns a user as the alerts subgraph knows one: there, and in which unit. */
export function asUserReference({
  cvr,
  subject,
  unit,
  registeredAt,
}: Pick<UserInput, 'cvr' | 'subject' | 'unit'> & { readonly registeredAt?: Date }): ReferenceRecord {
  return { _id: `user:${cvr}|${subject}`, cvr, unit, ...(registeredAt && { registeredAt }) };
}

/** Every subgraph takes the same, so the answer of one is the answer of all. */
async function spread(ports: IngestPorts, records: readonly ReferenceRecord[]): Promise<IngestOutcome[]> {
  const { citizens, cases, documents, benefits, alerts, access } = ports;
  const others = [cases, documents, benefits, alerts, access];
  for (const port of others) await port.reference(records);
  return citizens.reference(records);
}
