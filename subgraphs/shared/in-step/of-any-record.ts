import type { AnyBulkWriteOperation, Filter } from 'mongodb';
import type { StoreFilter } from '../policy/store-filter.js';

/** A change of one document, where it is still as it was read. */
export type RecordChange =
  | {
      readonly updateOne: {
        readonly filter: StoreFilter;
        readonly update: object;
        readonly upsert?: boolean;
      };
    }
  | { readonly replaceOne: { readonly filter: StoreFilter; readonly replacement: object } };

/** @returns a filter in the driver's type for records of whatever type, whose fields the compiler cannot look up */
export function filterOf<T>(filter: StoreFilter): Filter<T> {
  // cast: while T is open, the driver's type of a filter for it cannot be proved
  return filter as Filter<T>;
}

/** @returns writes in the driver's type for records of whatever type, whose fields the compiler cannot look up */
export function writesOf<T extends object>(writes: readonly RecordChange[]): AnyBulkWriteOperation<T>[] {
  // cast: while T is open, the driver's type of a write of it cannot be proved
  return writes as AnyBulkWriteOperation<T>[];
}
