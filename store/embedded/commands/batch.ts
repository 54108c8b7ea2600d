import { present } from '../../present.js';
import type { Collection, Doc } from '../collection.js';
import { StoreError } from '../errors.js';
import { gather, Interruption, type Pace, PAUSE, type Pause } from '../pace.js';
import { select, type Selection, testOf } from '../select.js';
import type { CommandContext } from './context.js';

/** What one statement of a batch does. Its functions run within a change of the data file. */
export interface Statement {
  /** Which records it changes; undefined when it looks for none. */
  readonly selection?: Selection;
  change?(collection: Collection, handle: number): void;
  /** Runs when no record was found. */
  otherwise?(): void;
}

/** Why one statement was refused. */
export interface StatementFailure {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

/** Where and at which pace statements run. */
export interface Writing {
  readonly context: CommandContext;
  readonly namespace: string;
  readonly pace: Pace;
}

/**
 * Runs one statement per item; an ordered batch stops at the first failure, as in MongoDB. The change of each record is whole, a
 * statement and the batch are not: other connections are answered in between, as they are there. They may drop a collection: it is looked
 * up anew for each record.
 * @param prepare reads an item; a StoreError that it throws is the item's failure
 * @returns the failures, when all that was done is on disk. Throws Interruption; what was done by then stays
 */
export async function runBatch<T>(
  writing: Writing,
  items: readonly T[],
  ordered: boolean,
  prepare: (item: T, index: number) => Statement,
): Promise<StatementFailure[]> {
  const errors: StatementFailure[] = [];
  let next = 0;
  let run: Run | undefined;
  const step = (): void => {
    const error = failureOf(() => {
      run ??= new Run(writing, prepare(present(items[next], 'the next item of a batch'), next));
      run.step();
    });
    if (error) errors.push({ index: next, code: error.code, errmsg: error.message, ...error.details });
    if (!error && !run?.isDone) return;
    next = error && ordered ? items.length : next + 1;
    run = undefined;
  };
  await inSlices(writing, step, () => (next < items.length ? (run ?? 'ready') : undefined));
  return errors;
}

/** Runs one statement by itself. Throws what it is refused with; what was done by then stays. */
export async function runOne(writing: Writing, statement: Statement): Promise<void> {
  const run = new Run(writing, statement);
  await inSlices(
    writing,
    () => run.step(),
    () => (run.isDone ? undefined : run),
  );
}

/**
 * Takes steps within changes of the data file, as many in each as others can wait for.
 * @param underWay what the next step goes on with; undefined when there is nothing left
 */
async function inSlices(
  { context: { engine }, pace }: Writing,
  step: () => void,
  underWay: () => Run | 'ready' | undefined,
): Promise<void> {
  const written: Promise<void>[] = [];
  const mustSearch = (): Run | undefined => {
    const current = underWay();
    return current instanceof Run && current.mustSearch ? current : undefined;
  };
  const slice = (): void => {
    pace.enter();
    try {
      do step();
      while (underWay() && !mustSearch() && !pace.isDue());
    } finally {
      pace.leave();
    }
  };
  pace.leave();
  while (underWay()) {
    const { ran, durable } = engine.write(slice);
    written.push(durable);
    await ran;
    const searching = mustSearch();
    if (!searching) continue;
    // What this command has changed must be seen by its own search.
    await Promise.all(written);
    await searching.search();
  }
  await Promise.all(written);
}

/** How often a search may be given up within a change before it is made outside: the first time it may have begun late in the turn. */
const TRIES_WITHIN = 2;
const SELECTION = 'the selection of a statement that has found a record';

/** One statement under way. */
class Run {
  /** Records that match; undefined when they are not found yet. */
  #handles: readonly number[] | undefined;
  #next = 0;
  #collection: Collection | undefined;
  /** The turn in which they were found: in a later one others may have changed them. */
  #foundIn = 0;
  #changed = 0;
  #test: ((doc: Doc) => boolean) | undefined;
  #tries = 0;
  isDone = false;
  /** Whether the records must be looked for outside a change, since that takes long. */
  mustSearch = false;

  constructor(
    readonly writing: Writing,
    readonly statement: Statement,
  ) {}

  /** Looks for the records, changes one of them, or finds that there is none. Within a change of the data file. */
  step(): void {
    this.#handles ??= this.#searchAtOnce();
    if (this.#handles === undefined) {
      this.mustSearch = ++this.#tries >= TRIES_WITHIN;
      return;
    }
    const handle = this.#handles[this.#next++];
    if (handle !== undefined && !this.#change(handle)) return;
    if (this.#next < this.#handles.length) return;
    if (this.#changed === 0) this.statement.otherwise?.();
    this.isDone = true;
    this.writing.pace.endSearch();
  }

  /** Looks for the records with pauses, outside a change. */
  async search(): Promise<void> {
    const { pace } = this.writing;
    pace.enter();
    const handles = await pace.walk(gather(this.#select()));
    pace.leave();
    this.#found(handles);
    this.mustSearch = false;
  }

  /** @returns false when one record was wanted and another must be found in its place */
  #change(handle: number): boolean {
    const { context, namespace, pace } = this.writing;
    const { statement } = this;
    const isFresh = pace.turn === this.#foundIn;
    const collection = isFresh ? this.#collection : context.engine.collection(namespace);
    if (collection && (isFresh || this.#stillMatches(collection, handle))) {
      if (!statement.change) throw new Error('a statement that changes nothing has found a record');
      statement.change(collection, handle);
      this.#changed++;
      return true;
    }
    if (present(statement.selection, SELECTION).limit !== 1) return true;
    this.#handles = undefined;
    return false;
  }

  /** For a record that was found in an earlier turn. */
  #stillMatches(collection: Collection, handle: number): boolean {
    this.#test ??= testOf(present(this.statement.selection, SELECTION).filter) ?? (() => true);
    return collection.isLive(handle) && this.#test(collection.doc(handle));
  }

  /** @returns undefined when others have waited long enough before all is found */
  #searchAtOnce(): readonly number[] | undefined {
    const handles: number[] = [];
    for (const handle of this.#select())
      if (handle === PAUSE) return undefined;
      else handles.push(handle);
    return this.#found(handles);
  }

  #found(handles: readonly number[]): readonly number[] {
    this.#handles = handles;
    this.#next = 0;
    this.#foundIn = this.writing.pace.turn;
    return handles;
  }

  #select(): Iterable<number | Pause> {
    const { context, namespace, pace } = this.writing;
    const { selection } = this.statement;
    this.#collection = selection && context.engine.collection(namespace);
    return selection && this.#collection ? select(this.#collection, selection, pace) : [];
  }
}

/** @returns why an operation was refused; undefined when it was not. What is no refusal is thrown. */
function failureOf(run: () => void): StoreError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError && !(error instanceof Interruption)) return error;
    throw error;
  }
}
