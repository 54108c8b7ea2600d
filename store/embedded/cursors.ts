import { LRUCache } from 'lru-cache';
import { StoreError } from './errors.js';
import { type Pace, PAUSE, type Pause, type Steps } from './pace.js';

const MAX_CURSORS = 1000;
const CURSOR_AGE_MS = 10 * 60_000;

/** Documents of an answer, as far as they were not given yet. */
export interface OpenRows {
  /** @returns the next documents: at least one unless at the end, at most `count`, about `bytes` in all */
  take(count: number, bytes: number, pace: Pace): Steps<Uint8Array[]>;
  atEnd(): Steps<boolean>;
  /** Walks the source to its end now, keeping the items only. */
  settle(): Steps<void>;
  /** Gives back what the source reads from. */
  close(): void;
}

/** What is left of an answer: items turned into raw BSON documents when their turn comes. */
export class Rows<T> implements OpenRows {
  #source: Iterator<T | Pause>;
  #ahead: Uint8Array | undefined;

  constructor(
    items: Iterable<T | Pause>,
    readonly encode: (item: T) => Uint8Array,
    readonly isLive: (item: T) => boolean = () => true,
  ) {
    this.#source = items[Symbol.iterator]();
  }

  *take(count: number, bytes: number, pace: Pace): Steps<Uint8Array[]> {
    const taken: Uint8Array[] = [];
    let size = 0;
    while (taken.length < count) {
      const row = yield* this.#peek();
      if (!row || (taken.length > 0 && size + row.length > bytes)) break;
      taken.push(row);
      size += row.length;
      this.#ahead = undefined;
      if (pace.isDue()) yield PAUSE;
    }
    return taken;
  }

  *atEnd(): Steps<boolean> {
    return (yield* this.#peek()) === undefined;
  }

  *settle(): Steps<void> {
    const left: T[] = [];
    for (let step = this.#source.next(); !step.done; step = this.#source.next())
      if (step.value === PAUSE) yield PAUSE;
      else left.push(step.value);
    this.#source = left[Symbol.iterator]();
  }

  close(): void {
    this.#source.return?.();
  }

  *#peek(): Steps<Uint8Array | undefined> {
    while (this.#ahead === undefined) {
      const step = this.#source.next();
      if (step.done) return undefined;
      if (step.value === PAUSE) yield PAUSE;
      else if (this.isLive(step.value)) this.#ahead = this.encode(step.value);
    }
    return this.#ahead;
  }
}

/** An answer that is fetched in several parts. */
export interface OpenCursor {
  readonly namespace: string;
  readonly rows: OpenRows;
  /** Milliseconds that are left of the time limit of its command; undefined without one. */
  leftMs: number | undefined;
  /** A part of it is being read. */
  isUsed: boolean;
}

/** Cursors between find and getMore; bounded in number and idle time. */
export class Cursors {
  readonly #open = new LRUCache<number, OpenCursor>({
    max: MAX_CURSORS,
    ttl: CURSOR_AGE_MS,
    updateAgeOnGet: true,
  });
  #next = 1;

  open(namespace: string, rows: OpenRows, leftMs: number | undefined): number {
    const id = this.#next++;
    this.#open.set(id, { namespace, rows, leftMs, isUsed: false });
    return id;
  }

  /** @returns an open cursor. Throws CursorNotFound, or CursorInUse when another connection reads a part of it */
  get(id: number, namespace: string): OpenCursor {
    const cursor = this.#open.get(id);
    if (!cursor || cursor.namespace !== namespace)
      throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.isUsed) throw new StoreError('CursorInUse', `cursor id ${id} is already in use`);
    return cursor;
  }

  close(id: number): boolean {
    return this.#open.delete(id);
  }
}
