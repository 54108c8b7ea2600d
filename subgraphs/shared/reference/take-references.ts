import type { Collection } from 'mongodb';
import type { IngestOutcome } from '../in-step/store-registrations.js';
import type { ReferenceRecord } from './reference-copy.js';

/** Takes classification, units and authorities: the newest registration holds; older ones change nothing. */
export async function takeReferences(
  collection: Collection<ReferenceRecord>,
  records: readonly ReferenceRecord[],
): Promise<IngestOutcome[]> {
  if (records.length === 0) return [];
  const ids = records.map(({ _id }) => _id);
  const known = new Map<string, number>(
    (await collection.find({ _id: { $in: ids } }, { projection: { registeredAt: 1 } }).toArray()).map(
      (one) => [one._id, timeOf(one)],
    ),
  );
  const taken = new Map<string, ReferenceRecord>();
  const outcomes = records.map((record): IngestOutcome => {
    const present = known.get(record._id);
    if (record.registeredAt && present !== undefined && present >= timeOf(record))
      return present === timeOf(record) ? 'duplicate' : 'superseded';
    known.set(record._id, timeOf(record));
    taken.set(record._id, record);
    return 'accepted';
  });
  if (taken.size > 0)
    await collection.bulkWrite(
      [...taken.values()].map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id } as never, update: { $set: fields as never }, upsert: true },
      })),
    );
  return outcomes;
}

function timeOf({ registeredAt }: Pick<ReferenceRecord, 'registeredAt'>): number {
  return registeredAt?.getTime() ?? 0;
}
