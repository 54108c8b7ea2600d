import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import type { RegistrationTime } from '../../subgraphs/shared/in-step/registration-time.js';
import type { ReferenceRecord } from '../../subgraphs/shared/ports/common.js';
import { portsOf, type SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { UserInput } from '../../subgraphs/shared/ports/shapes.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecordOf } from '../../subgraphs/shared/records/records.js';

/** Classification and units go to every subgraph's bounded copy; users to the access registry. */
export const deliverOrganisation = {
  async topics(
    ports: SubgraphPorts,
    records: readonly FeedRecordOf<'kle-topic'>[],
  ): Promise<IngestOutcome[]> {
    return spread(
      ports,
      records.map((record) => ({ _id: `kle:${record.number}`, title: record.title, ...wholeTime(record) })),
    );
  },
  async units(
    ports: SubgraphPorts,
    records: readonly FeedRecordOf<'organisation-unit'>[],
  ): Promise<IngestOutcome[]> {
    return spread(
      ports,
      records.map(({ id, cvr, name, contact, ...time }) => ({
        _id: `unit:${id}`,
        name,
        contact,
        cvr,
        ...wholeTime(time),
      })),
    );
  },
  async users(ports: SubgraphPorts, records: readonly FeedRecordOf<'user'>[]): Promise<IngestOutcome[]> {
    const persons = await ports.citizens.resolve(
      records.flatMap(({ person }) => (person === null ? [] : [partyKey(person)])),
    );
    const outcomes = await ports.access.deliveredUsers(
      records.map(({ cvr, subject, name, unit, jobFunctionRoles, person, ...time }) => {
        const personId = person === null ? null : (persons.get(partyKey(person)) ?? null);
        return { cvr, subject, name, unit, jobFunctionRoles, personId, ...wholeTime(time) };
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
  registeredNs = 0,
}: Pick<UserInput, 'cvr' | 'subject' | 'unit'> & Partial<RegistrationTime>): ReferenceRecord {
  return { _id: `user:${cvr}|${subject}`, cvr, unit, ...(registeredAt && { registeredAt, registeredNs }) };
}

/** Field by field a newer state takes an older one's place: what has no nanoseconds says so, or it would keep the older one's. */
function wholeTime({ registeredAt, registeredNs = 0 }: RegistrationTime): Required<RegistrationTime> {
  return { registeredAt, registeredNs };
}

/** Every subgraph takes the same, so the answer of the first is the answer of all; it is asked last. */
async function spread(ports: SubgraphPorts, records: readonly ReferenceRecord[]): Promise<IngestOutcome[]> {
  for (const [name, port] of portsOf(ports)) if (name !== 'citizens') await port.reference(records);
  return ports.citizens.reference(records);
}
