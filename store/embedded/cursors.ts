import { LRUCache } from 'lru-cache';
import { StoreError } from './errors.js';

const MAX_CURSORS = 1000;
const CURSOR_AGE_MS = 10 * 60_000;

export interface OpenRows {
  take(count: number, bytes: number): Uint8Array[];
  atEnd(): boolean;
  settle(): void;
}

/** What is left of an answer: items turned into raw BSON documents when their turn comes. */
export class Rows<T> implements OpenRows {
  #source: Iterator<T>;
  #ahead: Uint8Array | undefined;

  constructor(
    items: Iterable<T>,
    readonly encode: (item: T) => Uint8Array,
    readonly isLive: (item: T) => boolean = () => true,
  ) {
    this.#source = items[Symbol.iterator]();
  }

  /** @returns the next documents: at least one unless at the end, at most `count`, about `bytes` in all. */
  take(count: number, bytes: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    let size = 0;
    for (let row = this.#peek(); row && taken.length < count; row = this.#peek()) {
      if (taken.length > 0 && size + row.length > bytes) break;
      taken.push(row);
      size += row.length;
      this.#ahead = undefined;
    }
    return taken;
  }

  atEnd(): boolean {
    return this.#peek() === undefined;
  }

  /** Walks the source to its end now, keeping the items only. */
  settle(): void {
    const left: T[] = [];
    for (let step = this.#source.next(); !step.done; step = this.#source.next()) left.push(step.value);
    this.#source = left[Symbol.iterator]();
  }

  #peek(): Uint8Array | undefined {
    while (this.#ahead === undefined) {
      const step = this.#source.next();
      if (step.done) return undefined;
      if (this.isLive(step.value)) this.#ahead = this.encode(step.value);
    }
    return this.#ahead;
  }
}

interface Open {
  readonly namespace: string;
  readonly rows: OpenRows;
}

/** Cursors between find and getMore; bounded in number and idle time. */
export class Cursors {
  readonly #open = new LRUCache<number, Open>({ max: MAX_CURSORS, ttl: CURSOR_AGE_MS, updateAgeOnGet: true });
  #next = 1;

  open(namespace: string, rows: OpenRows): number {
    const id = this.#next++;
    this.#open.set(id, { namespace, rows });
    return id;
  }

  get(id: number, namespace: string): OpenRows {
    const cursor = this.#open.get(id);
    if (!cursor || cursor.namespace !== namespace)
      throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    return cursor.rows;
  }

  close(id: number): boolean {
    return this.#open.delete(id);
  }
}
