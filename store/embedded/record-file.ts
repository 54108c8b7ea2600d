import { closeSync, openSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
import { asError } from '../as-error.js';
import { present } from '../present.js';
import { StoreError } from './errors.js';

/** One table of the data file: bytes under bytes, in the order of the keys' bytes. */
export type Table = Database<Buffer, Buffer>;

/** Format of what stands in the file; a newer one is refused by name. */
export const DATA_VERSION = 2;
const VERSION_KEY = Buffer.from('version');
const PROBE_KEY = Buffer.from('probe');
/** What the log needs for some look-ups. */
const PROBE_ROOM_BYTES = 64 << 10;
const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
/** What the system says when there is no room, and what LMDB says; of a write that fitted in part it says the last. */
const NO_ROOM = /No space left|File too large|Disk quota|MDB_MAP_FULL|Input\/output error/i;

/** Raised for a data file that a later version of Overblik has written. */
class NewerDataFile extends Error {
  constructor(path: string, version: number) {
    super(
      `${path} has the format ${version}; this version of Overblik reads up to ${DATA_VERSION}: start the newer one`,
    );
    this.name = 'NewerDataFile';
  }
}

/** What is written in one go: when it has run, and when it is on disk. */
export interface Written<T> {
  /** What the work gave, as soon as it has run. */
  readonly ran: Promise<T>;
  /** Resolves when the change is on disk; rejects with OutOfDiskSpace when there was no room, and then nothing of it is left. */
  readonly durable: Promise<void>;
}

/**
 * The data file of the embedded store: an LMDB environment. Changes are made within `write`, whole or not at all; those that wait
 * at the same time are made durable together. Reads see what is durable, or what the running change has written.
 */
export class RecordFile {
  readonly records: Table;
  readonly ids: Table;
  readonly entries: Table;
  readonly catalogue: Table;
  readonly #root: RootDatabase<Buffer, Buffer>;
  #isFailing = false;
  /** Bytes that the running change may still add. */
  #room = 0;

  /** @param onFailing called when changes begin to fail, not of each that does */
  constructor(
    readonly path: string,
    readonly maxBytes: number,
    readonly onFailing: (error: Error) => void = () => undefined,
  ) {
    // LMDB would make its files readable for others.
    for (const file of [path, `${path}-lock`]) closeSync(openSync(file, 'a', 0o600));
    this.#root = open<Buffer, Buffer>({
      path,
      noSubdir: true,
      maxDbs: 4,
      // A change counts as durable only when it is on disk.
      overlappingSync: false,
      // The promise of a batch of its own would be rejected with nobody there to hear it.
      eventTurnBatching: false,
      ...BINARY,
    });
    const table = (name: string): Table => this.#root.openDB<Buffer, Buffer>(name, BINARY);
    this.catalogue = table('catalogue');
    this.records = table('records');
    this.ids = table('ids');
    this.entries = table('entries');
    this.#checkVersion();
  }

  /** Version mark of what stands in the file. */
  get version(): number {
    return Number(
      Buffer.from(present(this.catalogue.getBinary(VERSION_KEY), 'the version of the store')).toString(),
    );
  }

  markVersion(version: number): void {
    this.catalogue.putSync(VERSION_KEY, Buffer.from(String(version)));
  }

  /** Bytes of the file, free pages included. */
  get fileBytes(): number {
    return statSync(this.path).size;
  }

  /** Bytes of pages in use. */
  get usedBytes(): number {
    return this.#tables.reduce((sum, table) => {
      // cast: lmdb gives its counts without a type
      const { pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages } =
        table.getStats() as PageCounts;
      return sum + pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
    }, 0);
  }

  /** @returns whether a change would be stored now. Tried with a small one when the last failed, or little room is left. */
  async takesChanges(): Promise<boolean> {
    if (!this.#isFailing && this.#filledBytes() + PROBE_ROOM_BYTES < this.maxBytes) return true;
    const { ran, durable } = this.write(() => {
      this.takeRoom(PROBE_ROOM_BYTES);
      this.catalogue.putSync(PROBE_KEY, Buffer.alloc(PROBE_ROOM_BYTES));
    });
    return Promise.all([ran, durable]).then(
      () => true,
      () => false,
    );
  }

  /** Throws OutOfDiskSpace when the file may not hold so many bytes more; what takes away is never asked. */
  takeRoom(bytes: number): void {
    if (bytes > this.#room)
      throw new StoreError(
        'OutOfDiskSpace',
        'the data file has reached STORE_MAX_MB; raise it, or set MONGODB_URI to use MongoDB',
      );
    this.#room -= bytes;
  }

  /** Runs work that changes the file. The work throws nothing that it wants undone: what it has written by then stays. */
  write<T>(work: () => T): Written<T> {
    let ran!: (value: T) => void;
    let failed!: (error: unknown) => void;
    const done = new Promise<T>((resolve, reject) => ([ran, failed] = [resolve, reject]));
    const durable = this.#root
      .transaction(() => {
        this.#room = this.maxBytes - this.#filledBytes();
        try {
          ran(work());
        } catch (error) {
          failed(error);
        }
      })
      .then(
        () => {
          this.#isFailing = false;
        },
        async (error: unknown) => {
          const refused = refusal(await causeOf(asError(error)));
          if (!this.#isFailing) this.onFailing(refused);
          this.#isFailing = true;
          failed(refused);
          throw refused;
        },
      );
    durable.catch(() => undefined);
    done.catch(() => undefined);
    return { ran: done, durable };
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  /** Pages in use are counted only when it matters: the file itself holds no less. */
  #filledBytes(): number {
    const { fileBytes } = this;
    return fileBytes < this.maxBytes / 2 ? fileBytes : this.usedBytes;
  }

  get #tables(): Table[] {
    return [this.records, this.ids, this.entries, this.catalogue];
  }

  #checkVersion(): void {
    const found = this.catalogue.getBinary(VERSION_KEY);
    const version = found ? Number(Buffer.from(found).toString()) : undefined;
    if (version !== undefined && version > DATA_VERSION) throw new NewerDataFile(this.path, version);
    if (version === undefined) this.markVersion(DATA_VERSION);
  }
}

interface PageCounts {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

/** LMDB says at once that a commit has failed, and by a second promise why. */
interface CommitFailure extends Error {
  readonly commitError?: Promise<never>;
}

const CAUSE_MS = 1000;

async function causeOf(failure: CommitFailure): Promise<Error> {
  if (!failure.commitError) return failure;
  const cause = failure.commitError.catch(asError);
  return Promise.race([cause, setTimeout(CAUSE_MS, failure, { ref: false })]);
}

/** The text of the system's error stays out of the answer: it names paths. */
function refusal(error: Error): StoreError {
  return NO_ROOM.test(error.message)
    ? new StoreError(
        'OutOfDiskSpace',
        'the disk is full or takes nothing more: nothing of this change was stored',
      )
    : new StoreError('InternalError', 'the change could not be written to disk: nothing of it was stored');
}
