import type { Collection } from './collection.js';
import type { Engine } from './engine.js';
import type { OrderedIndex } from './ordered-index.js';

/** What is wrong at one place; says nothing of what stands there. */
export interface StoreFault {
  readonly namespace: string;
  /** Handle of the record; null for the collection as a whole. */
  readonly record: number | null;
  readonly fault: string;
}

export interface StoreReport {
  readonly collections: number;
  readonly records: number;
  readonly indexEntries: number;
  readonly faults: readonly StoreFault[];
}

/**
 * Walks all that the data file holds: each record's checksum, that its `_id` leads to it, that every index files it where it belongs
 * and nothing else, and the number of records. Changes nothing.
 */
export function checkStore(engine: Engine): StoreReport {
  const collections = engine.all();
  const reports = collections.map(checkCollection);
  return {
    collections: collections.length,
    records: reports.reduce((sum, { records }) => sum + records, 0),
    indexEntries: reports.reduce((sum, { indexEntries }) => sum + indexEntries, 0),
    faults: reports.flatMap(({ faults }) => faults),
  };
}

function checkCollection(collection: Collection): Omit<StoreReport, 'collections'> {
  const { namespace } = collection;
  const faults: StoreFault[] = [];
  const expected = new Map<OrderedIndex, number>();
  let records = 0;
  for (const record of collection.handles()) {
    records++;
    for (const fault of faultsOf(collection, record, expected)) faults.push({ namespace, record, fault });
  }
  const whole = (fault: string) => faults.push({ namespace, record: null, fault });
  if (records !== collection.size) whole(`${collection.size} records are counted, ${records} are there`);
  const damaged = faults.length > 0;
  let indexEntries = 0;
  for (const index of collection.indexes.values()) {
    const entries = index.countEntries();
    indexEntries += entries;
    // What a damaged record is filed under cannot be said.
    if (!damaged && entries !== (expected.get(index) ?? 0))
      whole(`index ${index.spec.name} has ${entries} entries instead of ${expected.get(index) ?? 0}`);
  }
  return { records, indexEntries, faults };
}

function faultsOf(collection: Collection, handle: number, expected: Map<OrderedIndex, number>): string[] {
  let doc;
  try {
    doc = collection.doc(handle);
  } catch {
    return ['its checksum does not match'];
  }
  const faults = collection.handleOf(doc['_id']) === handle ? [] : ['its _id leads elsewhere'];
  for (const index of collection.indexes.values()) {
    const keys = index.keysOf(doc);
    expected.set(index, (expected.get(index) ?? 0) + keys.length);
    if (!keys.every((key) => index.has(key, handle)))
      faults.push(`index ${index.spec.name} does not file it`);
  }
  return faults;
}
