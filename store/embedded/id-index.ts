import { type Interval, OrderedIndex } from './ordered-index.js';
import type { Table } from './record-file.js';

/** Name and field of the index that every collection has. */
export const ID_INDEX = { name: '_id_', key: { _id: 1 } } as const;

/** The `_id`s of a collection, read as an index: in the data file a handle is what stands under an `_id`, not a part of its key. */
export class IdIndex extends OrderedIndex {
  /**
   * @param collection number of the collection
   * @param ids table of all `_id`s
   */
  constructor(
    collection: number,
    readonly ids: Table,
  ) {
    super({ ...ID_INDEX, unique: true, sparse: false }, collection, ids);
  }

  protected override *keys(interval: Interval, backwards: boolean): Generator<Uint8Array> {
    for (const { key, value } of this.ids.getRange(this.range(interval, backwards)))
      yield Buffer.concat([key, value]);
  }
}
