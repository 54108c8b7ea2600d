import type { Collection } from 'mongodb';
import { asStored, exportedForm, RecordSum } from './exported-form.js';

/** @returns the records of a collection in their exported form, in whatever order the store gives them; each is added to `sum` */
export async function* storedRecords(collection: Collection, sum: RecordSum): AsyncGenerator<Uint8Array> {
  for await (const raw of collection.find<Uint8Array>({}, { raw: true })) {
    const record = exportedForm(asStored(raw));
    sum.add(record);
    yield record;
  }
}

/** @returns count and checksum of what a collection holds now */
export async function sumOfStored(collection: Collection, tell: () => void): Promise<RecordSum> {
  const sum = new RecordSum();
  for await (const _record of storedRecords(collection, sum)) tell();
  return sum;
}
