import type { Collection } from 'mongodb';
import { writesOf } from '../in-step/of-any-record.js';
import type { IngestOutcome } from '../in-step/registered.js';
import {
  compareTimes,
  isLater,
  type RegistrationTime,
  registrationTime,
} from '../in-step/registration-time.js';
import type { ReferenceRecord } from './reference-copy.js';

/** Takes classification, units and authorities: the newest registration holds; older ones change nothing. */
export async function takeReferences(
  collection: Collection<ReferenceRecord>,
  records: readonly ReferenceRecord[],
): Promise<IngestOutcome[]> {
  if (records.length === 0) return [];
  const ids = records.map(({ _id }) => _id);
  const projection = { registeredAt: 1, registeredNs: 1, cvr: 1 };
  const found = await collection.find({ _id: { $in: ids } }, { projection }).toArray();
  const known = new Map(found.map((reference) => [reference._id, timeOf(reference)]));
  const owners = new Map<string, string | undefined>(
    found.map((reference) => [reference._id, ownerOf(reference)]),
  );
  const taken = new Map<string, ReferenceRecord>();
  const outcomes = records.map((record): IngestOutcome => {
    // A unit stays its authority's: another cannot take its id over, and with it its name and contact.
    const owner = owners.get(record._id) ?? ownerOf(record);
    if (owner !== ownerOf(record)) return 'foreign';
    owners.set(record._id, owner);
    const present = known.get(record._id);
    if (record.registeredAt && present !== undefined && !isLater(timeOf(record), present))
      return compareTimes(present, timeOf(record)) === 0 ? 'duplicate' : 'superseded';
    known.set(record._id, timeOf(record));
    taken.set(record._id, record);
    return 'accepted';
  });
  if (taken.size > 0)
    await collection.bulkWrite(
      writesOf<ReferenceRecord>(
        [...taken.values()].map(({ _id, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
        })),
      ),
    );
  return outcomes;
}

/** @returns the authority whose a record is; undefined for the classification. */
function ownerOf(record: object): string | undefined {
  return 'cvr' in record && typeof record.cvr === 'string' ? record.cvr : undefined;
}

/** What no registration says is older than any. */
function timeOf({ registeredAt, registeredNs }: Partial<RegistrationTime>): RegistrationTime {
  return registrationTime({ registeredAt: registeredAt ?? new Date(0), registeredNs: registeredNs ?? 0 });
}
