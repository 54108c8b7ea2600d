import { setImmediate } from 'node:timers/promises';
import { type MongoCodeName, StoreError } from './errors.js';

/** What work yields when it has kept others waiting for long enough: it goes on when they have had their turn. */
export const PAUSE = Symbol('pause');
export type Pause = typeof PAUSE;
/** Work that pauses; what it gives is returned at its end. */
export type Steps<T> = Generator<Pause, T>;

/** How long one command may keep others waiting. */
const SLICE_MS = 4;

/** Ends a command in the middle of its work. */
export class Interruption extends StoreError {
  constructor(codeName: MongoCodeName, message: string) {
    super(codeName, message);
    this.name = 'Interruption';
  }
}

/** How the records of one filter are looked for. */
export interface Search {
  readonly namespace: string;
  readonly filter: Readonly<Record<string, unknown>>;
  /** Name of the index, or `none` when every record is examined. */
  readonly index: string;
  examined: number;
}

/** A search that has ended. */
export interface EndedSearch extends Search {
  /** Milliseconds of its own work. */
  readonly ms: number;
}

export interface PaceOptions {
  /** Milliseconds the command may take (maxTimeMS); undefined for as long as it takes. */
  readonly limitMs?: number | undefined;
  /** Whether somebody still waits for the answer. */
  readonly isWanted?: () => boolean;
  /** The clock, in milliseconds; a test brings its own. */
  readonly now?: () => number;
}

/** Holds one command to its time, and lets other commands have their turn. */
export class Pace {
  /** Number of the turn the command has, from 1. */
  turn = 1;
  /** The search that has taken longest; a batch makes several. */
  slowest: EndedSearch | undefined;
  #search: { readonly search: Search; readonly from: number } | undefined;
  readonly #now: () => number;
  readonly #isWanted: () => boolean;
  readonly #began: number;
  #deadline: number;
  /** Undefined while others have their turn. */
  #sliceBegan: number | undefined;
  /** Milliseconds of slices that have ended. */
  #worked = 0;

  constructor({ limitMs, isWanted = () => true, now = () => performance.now() }: PaceOptions = {}) {
    this.#now = now;
    this.#isWanted = isWanted;
    this.#began = now();
    this.#sliceBegan = this.#began;
    this.#deadline = this.#began + (limitMs ?? Infinity);
  }

  /** @returns whether others have waited long enough. Throws Interruption (MaxTimeMSExpired) when the command's time is over. */
  isDue(): boolean {
    const now = this.#now();
    if (now >= this.#deadline) throw new Interruption('MaxTimeMSExpired', 'operation exceeded time limit');
    return now - (this.#sliceBegan ?? now) >= SLICE_MS;
  }

  /** Milliseconds of its own work, without the turns of others. */
  get workedMs(): number {
    return this.#worked + (this.#sliceBegan === undefined ? 0 : this.#now() - this.#sliceBegan);
  }

  /** Milliseconds that are left of the time limit; undefined without one. */
  get leftMs(): number | undefined {
    return this.#deadline === Infinity ? undefined : Math.max(1, this.#deadline - this.#now());
  }

  /** Shortens the time limit to what a cursor has left. */
  limitTo(ms: number | undefined): void {
    if (ms !== undefined) this.#deadline = Math.min(this.#deadline, this.#began + ms);
  }

  /** Lets others have their turn. Throws Interruption (ClientDisconnect) when nobody waits for the answer any more. */
  async rest(): Promise<void> {
    this.leave();
    await setImmediate();
    this.enter();
  }

  /** The command's turn ends: what comes until `enter` is no work of its own. */
  leave(): void {
    this.#worked = this.workedMs;
    this.#sliceBegan = undefined;
  }

  /** A turn begins. Throws Interruption (ClientDisconnect) when nobody waits for the answer any more. */
  enter(): void {
    if (!this.#isWanted()) throw new Interruption('ClientDisconnect', 'the client has gone');
    this.#sliceBegan = this.#now();
    this.turn++;
  }

  /** What work comes is that of a search. */
  beginSearch(search: Search): void {
    this.#search = { search, from: this.workedMs };
  }

  /** The search has ended, and what is done with what it found. */
  endSearch(): void {
    if (!this.#search) return;
    const { search, from } = this.#search;
    const ms = this.workedMs - from;
    this.#search = undefined;
    if (ms > (this.slowest?.ms ?? 0)) this.slowest = { ...search, ms };
  }

  /** Does work to its end, with a rest at each pause. @returns what the work gives */
  async walk<T>(steps: Steps<T>): Promise<T> {
    try {
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return step.value;
        await this.rest();
      }
    } finally {
      // What is read from is closed when the work is given up.
      // cast: nobody reads what closing gives
      steps.return(undefined as never);
    }
  }
}

/** @returns all that is given between the pauses */
export function* gather<T>(items: Iterable<T | Pause>): Steps<T[]> {
  const gathered: T[] = [];
  for (const item of items)
    if (item === PAUSE) yield PAUSE;
    else gathered.push(item);
  return gathered;
}
