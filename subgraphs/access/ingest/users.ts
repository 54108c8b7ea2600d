import type { IngestOutcome } from '../../shared/in-step/registered.js';
import {
  compareTimes,
  isLater,
  type RegistrationTime,
  registrationTime,
} from '../../shared/in-step/registration-time.js';
import type { AccessPort } from '../../shared/ports/access.js';
import type { DeliveredUser, UserInput } from '../../shared/ports/shapes.js';
import type { AccessCollections } from '../source/collections.js';
import type { VersionSource } from '../source/version-source.js';

type UsersPort = Pick<AccessPort, 'users' | 'deliveredUsers' | 'personsAmongUsers' | 'kin'>;

/** How the organisation enters, with what is known of its users as persons. */
export function usersPort(collections: AccessCollections, versions: VersionSource): UsersPort {
  const { users } = collections;
  return {
    users: (records) => putUsers(collections, versions, records),
    deliveredUsers: (records) => takeDelivered(collections, versions, records),
    async personsAmongUsers(ids) {
      const found = await users
        .find({ personId: { $in: [...ids] } }, { projection: { personId: 1 } })
        .toArray();
      return found.flatMap(({ personId }) => personId ?? []);
    },
    async kin(facts) {
      for (const { citizenId, kin } of facts) {
        const concerned = await users.find({ personId: citizenId }).toArray();
        for (const { _id } of concerned) await users.updateOne({ _id }, { $set: { kin: [...kin] } });
        await raise(
          versions,
          concerned.map(({ cvr }) => cvr),
        );
      }
    },
  };
}

/** Takes users that are newer than the ones known. @returns what became of each */
async function takeDelivered(
  collections: AccessCollections,
  versions: VersionSource,
  records: readonly DeliveredUser[],
): Promise<IngestOutcome[]> {
  const idOf = ({ cvr, subject }: (typeof records)[number]) => `${cvr}|${subject}`;
  const ids = records.map(idOf);
  const projection = { registeredAt: 1, registeredNs: 1 };
  const found = await collections.users.find({ _id: { $in: ids } }, { projection }).toArray();
  const known = new Map(found.map((user) => [user._id, timeOf(user)]));
  const taken = new Map<string, DeliveredUser>();
  const outcomes = records.map((record): IngestOutcome => {
    const id = idOf(record);
    const present = known.get(id);
    if (present !== undefined && !isLater(record, present))
      return compareTimes(record, present) === 0 ? 'duplicate' : 'superseded';
    known.set(id, record);
    taken.set(id, record);
    return 'accepted';
  });
  await putUsers(collections, versions, [...taken.values()]);
  return outcomes;
}

async function putUsers(
  { users }: AccessCollections,
  versions: VersionSource,
  records: readonly UserInput[],
): Promise<void> {
  if (records.length === 0) return;
  await users.bulkWrite(
    records.map(({ cvr, subject, ...fields }) => ({
      updateOne: {
        filter: { _id: `${cvr}|${subject}` },
        update: { $set: { cvr, subject, ...fields }, $setOnInsert: { kin: [] } },
        upsert: true,
      },
    })),
  );
  await raise(
    versions,
    records.map((record) => record.cvr),
  );
}

/** What no registration says is older than any. */
function timeOf({ registeredAt, registeredNs }: Partial<RegistrationTime>): RegistrationTime {
  return registrationTime({ registeredAt: registeredAt ?? new Date(0), registeredNs: registeredNs ?? 0 });
}

async function raise(versions: VersionSource, cvrs: readonly string[]): Promise<void> {
  for (const cvr of new Set(cvrs)) await versions.changeAsOwner(cvr, [], () => Promise.resolve());
}
