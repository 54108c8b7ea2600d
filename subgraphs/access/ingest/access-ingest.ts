import {
  compareTimes,
  isLater,
  registrationTime,
  type RegistrationTime,
} from '../../shared/in-step/registration-time.js';
import type { Db } from 'mongodb';
import {
  commonIngest,
  type AccessIngest,
  type ApprovedContent,
  type DeliveredUser,
  type UserInput,
} from '../../shared/ports/ingest-port.js';
import type { IngestOutcome } from '../../shared/in-step/registered.js';
import { canonicalId } from '../../shared/scalars/uuid.js';
import { referenceCollection } from '../../shared/reference/reference-copy.js';
import { emptyItem } from '../governed/life-cycle.js';
import { accessCollections, type AccessCollections } from '../source/collections.js';
import type { Content, GovernedRecord } from '../source/records.js';
import { doorsPort } from '../sessions/jumps-and-tickets.js';
import { rejectPort } from './rejects.js';
import { noteSequence } from './sequences.js';
import { VersionSource } from '../source/version-source.js';

/** An approved content and what it is for. */
export interface SeededContent extends ApprovedContent {
  readonly content: Content;
}

/** How the organisation, seeded mappings, agreements and settings, and facts on persons enter. */
export function accessIngest(database: Db): AccessIngest & {
  /** Puts approved contents in force where nothing has been approved yet; what a municipality decided is left as it is. */
  configure(seeded: readonly SeededContent[], at: Date): Promise<void>;
} {
  const collections = accessCollections(database);
  const { governed, users, systems } = collections;
  const versions = new VersionSource(collections, () => new Date());
  return {
    ...commonIngest(database),
    async configure(seeded, at) {
      for (const cvr of new Set(seeded.map((one) => one.cvr))) {
        const mine = seeded.filter((one) => one.cvr === cvr).map((one) => approved(one, at));
        await versions.changeAsOwner(cvr, [], () =>
          governed.bulkWrite(
            mine.map(({ _id, ...fields }) => ({
              updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
            })),
          ),
        );
      }
    },
    users: (records) => putUsers(collections, versions, records),
    async deliveredUsers(records) {
      const ids = records.map(({ cvr, subject }) => `${cvr}|${subject}`);
      const projection = { registeredAt: 1, registeredNs: 1 };
      const found = await users.find({ _id: { $in: ids } }, { projection }).toArray();
      const known = new Map(found.map((one) => [one._id, timeOf(one)]));
      const taken = new Map<string, DeliveredUser>();
      const outcomes = records.map((record, i): IngestOutcome => {
        const present = known.get(ids[i]!);
        if (present !== undefined && !isLater(record, present))
          return compareTimes(record, present) === 0 ? 'duplicate' : 'superseded';
        known.set(ids[i]!, record);
        taken.set(ids[i]!, record);
        return 'accepted';
      });
      await putUsers(collections, versions, [...taken.values()]);
      return outcomes;
    },
    async systems(records) {
      if (records.length === 0) return;
      await systems.bulkWrite(
        records.map(({ id, ...fields }) => ({
          replaceOne: {
            filter: { _id: canonicalId(id) },
            replacement: { ...fields, active: true },
            upsert: true,
          },
        })),
      );
    },
    ...rejectPort(collections),
    ...doorsPort(collections),
    numbered: (source, sequence) => noteSequence(collections.sequences, source, sequence),
    async topics(numbers) {
      const ids = numbers.map((number) => `kle:${number}` as const);
      const found = await referenceCollection(database)
        .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
        .toArray();
      return found.map(({ _id }) => _id.slice('kle:'.length));
    },
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

function approved({ cvr, key, content }: SeededContent, at: Date): GovernedRecord {
  const version = {
    number: 1,
    content,
    draftedBy: 'seed',
    proposedBy: 'seed',
    approvedBy: 'seed',
    approvedAt: at,
    activeFrom: at,
    why: 'The synthetic municipality as it begins.',
    undone: null,
  };
  return { ...emptyItem({ kind: content.kind, cvr, key }), revision: 1, versions: [version] };
}
