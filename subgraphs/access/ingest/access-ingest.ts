import type { Db } from 'mongodb';
import type { AccessPort } from '../../shared/ports/access.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { SystemInput } from '../../shared/ports/shapes.js';
import { referenceCollection } from '../../shared/reference/reference-copy.js';
import { canonicalId } from '../../shared/scalars/uuid.js';
import { sessionsPort } from '../sessions/jumps-and-tickets.js';
import { type AccessCollections, accessCollections } from '../source/collections.js';
import { VersionSource } from '../source/version-source.js';
import { rejectPort } from './rejects.js';
import { configure, type SeededContent } from './seeded-contents.js';
import { noteSequence } from './sequences.js';
import { usersPort } from './users.js';

/** How the organisation, seeded mappings, agreements and settings, and facts on persons enter. */
export function accessIngest(database: Db): AccessPort & {
  /** Puts approved contents in force where nothing has been approved yet; what a municipality decided is left as it is. */
  configure(seeded: readonly SeededContent[], at: Date): Promise<void>;
} {
  const collections = accessCollections(database);
  const versions = new VersionSource(collections, () => new Date());
  return {
    ...commonIngest(database),
    configure: (seeded, at) => configure(collections, versions, seeded, at),
    ...usersPort(collections, versions),
    systems: (records) => putSystems(collections, records),
    ...rejectPort(collections),
    ...sessionsPort(collections),
    numbered: (source, sequence) => noteSequence(collections.sequences, source, sequence),
    async topics(numbers) {
      const ids = numbers.map((number) => `kle:${number}` as const);
      const found = await referenceCollection(database)
        .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
        .toArray();
      return found.map(({ _id }) => _id.slice('kle:'.length));
    },
  };
}

async function putSystems({ systems }: AccessCollections, records: readonly SystemInput[]): Promise<void> {
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
}
