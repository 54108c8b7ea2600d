import { present } from '../present.js';
import { StoreError } from './errors.js';
import { indexTuples } from './field-values.js';
import { encodeValue, HIGH, invert } from './key-encoding.js';
import { entryKey, HANDLE_BYTES, handleIn, NUMBER_BYTES, rangeOf, valueKey } from './keys.js';
import { mergeSorted } from './merge-sorted.js';
import { fieldOf } from './own-field.js';
import { PartialFilter } from './partial-index.js';
import type { Table } from './record-file.js';

export interface IndexSpec {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique: boolean;
  readonly sparse: boolean;
  /** Only records that pass are filed. */
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
}

export interface Interval {
  readonly low: string;
  readonly high: string;
}

/** An interval whose keys begin with one combination of values, and how long that is. */
export interface PrefixedInterval extends Interval {
  readonly fixed: number;
}

/** Keys of the data file from one to another; the end is not among them. */
interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly reverse?: boolean;
}

/** An entry of an index: what orders it behind the beginning it shares with its interval, and whose it is. */
interface Entry {
  readonly order: Uint8Array;
  readonly handle: number;
}

const NOTHING = Buffer.alloc(0);

/** An ordered index of a collection: encoded values followed by the record's handle, as keys of the data file. */
export class OrderedIndex {
  readonly fields: readonly {
    readonly path: string;
    readonly parts: readonly string[];
    readonly direction: 1 | -1;
  }[];
  readonly multikey: boolean[];
  readonly partial: PartialFilter | undefined;
  /** Fields of a document that decide where it is filed. */
  readonly #roots: readonly string[];

  /**
   * @param number by which the data file knows the index
   * @param multikey which fields have held arrays
   * @param onMultikey called when a field holds an array for the first time
   */
  constructor(
    readonly spec: IndexSpec,
    readonly number: number,
    readonly entries: Table,
    multikey: readonly boolean[] = [],
    readonly onMultikey: () => void = () => undefined,
  ) {
    this.fields = Object.entries(spec.key).map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      direction,
    }));
    this.partial = spec.partialFilterExpression && new PartialFilter(spec.partialFilterExpression);
    this.#roots = [...this.fields.map(({ parts }) => parts[0] ?? ''), ...(this.partial?.roots ?? [])];
    this.multikey = this.fields.map((_, i) => multikey[i] ?? false);
  }

  /** @returns the field at a position, counted from 0; throws for a position that the index has not */
  field(position: number): (typeof this.fields)[number] {
    return present(this.fields[position], 'a field of an index');
  }

  /** @returns the encoded component of field `position` for one value. */
  component(position: number, value: unknown): string {
    const encoded = encodeValue(value);
    return this.field(position).direction === 1 ? encoded : invert(encoded);
  }

  /** @returns whether two states of a document share, as the same objects or equal plain values, all that is indexed here. */
  readsTheSame(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): boolean {
    return this.#roots.every((root) => {
      const [a, b] = [fieldOf(before, root), fieldOf(after, root)];
      return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
    });
  }

  /** @returns the distinct keys (without handle) of a document; remembers which fields hold arrays. */
  keysOf(doc: Record<string, unknown>): string[] {
    if (this.partial?.files(doc) === false) return [];
    const { tuples, multikey, anyExists } = indexTuples(
      doc,
      this.fields.map((field) => field.parts),
    );
    if (this.spec.sparse && !anyExists) return [];
    if (multikey.some((many, i) => many && !this.multikey[i])) {
      multikey.forEach((many, i) => (this.multikey[i] ||= many));
      this.onMultikey();
    }
    return [...new Set(tuples.map((tuple) => tuple.map((value, i) => this.component(i, value)).join('')))];
  }

  /** Throws DuplicateKey when a unique index already files another record under one of the keys. */
  assertFree(keys: readonly string[], handle: number | undefined, namespace: string): void {
    if (!this.spec.unique) return;
    for (const key of keys) {
      for (const other of this.handles([{ low: key, high: key + HIGH }], false)) {
        if (other !== handle) throw duplicateKey(namespace, this.spec);
      }
    }
  }

  add(keys: readonly string[], handle: number): void {
    for (const key of keys) this.entries.putSync(entryKey(this.number, key, handle), NOTHING);
  }

  remove(keys: readonly string[], handle: number): void {
    for (const key of keys) this.entries.removeSync(entryKey(this.number, key, handle));
  }

  /** @returns whether a record is filed under a key. */
  has(key: string, handle: number): boolean {
    return this.entries.doesExist(entryKey(this.number, key, handle));
  }

  /** Takes all entries away. */
  clear(): void {
    for (const key of [...this.entries.getKeys(rangeOf(this.number))]) this.entries.removeSync(key);
  }

  /** Record handles in key order (or backwards) over the intervals; a handle may come more than once. */
  *handles(intervals: readonly Interval[], backwards: boolean): Generator<number> {
    for (const interval of backwards ? [...intervals].reverse() : intervals)
      for (const key of this.keys(interval, backwards)) yield handleIn(key);
  }

  /** Record handles over intervals that are read side by side, in the order of what follows their beginnings. */
  *handlesInOrder(intervals: readonly PrefixedInterval[], backwards: boolean): Generator<number> {
    if (intervals.length === 1) {
      yield* this.handles(intervals, backwards);
      return;
    }
    const sources = intervals.map((interval) => this.#entries(interval, backwards));
    const direction = backwards ? -1 : 1;
    const compare = (a: Entry, b: Entry) => Buffer.compare(a.order, b.order) * direction;
    for (const { handle } of mergeSorted(sources, compare)) yield handle;
  }

  *#entries(interval: PrefixedInterval, backwards: boolean): Generator<Entry> {
    for (const key of this.keys(interval, backwards)) {
      // Each source is asked for its next key while this one waits.
      const order = Uint8Array.prototype.slice.call(key, NUMBER_BYTES + interval.fixed, -HANDLE_BYTES);
      yield { order, handle: handleIn(key) };
    }
  }

  /** Keys within an interval, each with its record's handle at its end. */
  protected keys(interval: Interval, backwards: boolean): Iterable<Uint8Array> {
    return this.entries.getKeys(this.range(interval, backwards));
  }

  /** @returns where the data file is read for an interval */
  protected range({ low, high }: Interval, backwards: boolean): KeyRange {
    const [from, to] = [valueKey(this.number, low), valueKey(this.number, high)];
    return backwards ? { start: to, end: from, reverse: true } : { start: from, end: to };
  }

  /** @returns how many entries there are. */
  countEntries(): number {
    return this.countUpTo([{ low: '', high: HIGH }], Infinity);
  }

  /** @returns how many entries the intervals hold, counted no further than `cap`. */
  countUpTo(intervals: readonly Interval[], cap: number): number {
    let count = 0;
    for (const _ of this.handles(intervals, false)) if (++count >= cap) return cap;
    return count;
  }
}

/** The values of the clash are left out of the text on purpose: they may be personal data. */
export function duplicateKey(namespace: string, spec: Pick<IndexSpec, 'name' | 'key'>): StoreError {
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: { : hidden }`,
    { keyPattern: spec.key },
  );
}
