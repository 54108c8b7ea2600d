import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
import { asError } from '../as-error.js';
import { present } from '../present.js';
import { StoreError } from './errors.js';
import {
  FileRoom,
  type FileSize,
  NoRoom,
  type RoomNeeded,
  type TableName,
  TABLES,
  type TableSize,
} from './file-room.js';

/** One table of the data file: bytes under bytes, in the order of the keys' bytes. */
export type Table = Database<Buffer, Buffer>;

/** Format of what stands in the file; a newer one is refused by name. */
export const DATA_VERSION = 2;
const VERSION_KEY = Buffer.from('version');
const PROBE_KEY = Buffer.from('probe');
/** What the log needs for some look-ups. */
const PROBE_ROOM_BYTES = 64 << 10;
/** What any work may write beside records: how many there are, which collections and indexes, the version. */
const BOOKKEEPING: RoomNeeded = { puts: { catalogue: 16 }, bytes: 64 << 10, takesAway: true };
const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
/** What the system says when there is no room, and what LMDB says; of a write that fitted in part it says the last. */
const NO_ROOM =
  /No space left|File too large|Disk quota|Read-only file system|MDB_MAP_FULL|Input\/output error/i;

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
  readonly #disk: FileRoom;
  /** Why the running work was refused for want of room on the disk. */
  #refused: StoreError | undefined;

  /** @param onFailing called when changes begin to fail, not of each that does */
  constructor(
    readonly path: string,
    readonly maxBytes: number,
    readonly onFailing: (error: Error) => void = () => undefined,
  ) {
    // LMDB would make its files readable for others.
    for (const file of [path, `${path}-lock`]) closeSync(openSync(file, 'a', 0o600));
    const isNew = statSync(path).size === 0;
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
    this.#disk = new FileRoom(path, () => this.#fileSize());
    if (isNew) this.#makeFirstRoom();
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
    return this.#disk.end;
  }

  /** Bytes of pages in use. */
  get usedBytes(): number {
    return TABLES.reduce((sum, name) => {
      const { pageSize, overflowPages, ...stats } = statsOf(this[name]);
      return sum + pageSize * (treeOf(stats).pages + overflowPages);
    }, 0);
  }

  /** @returns whether a change would be stored now. Tried with a small one when the last failed, or little room is left. */
  async takesChanges(): Promise<boolean> {
    if (!this.#isFailing && this.#filledBytes() + PROBE_ROOM_BYTES < this.maxBytes) return true;
    const { ran, durable } = this.write(() => {
      this.takeRoom({ bytes: PROBE_ROOM_BYTES, gone: PROBE_ROOM_BYTES, puts: { catalogue: 1 } });
      this.catalogue.putSync(PROBE_KEY, Buffer.alloc(PROBE_ROOM_BYTES));
    });
    return Promise.all([ran, durable]).then(
      () => true,
      () => false,
    );
  }

  /**
   * To be called before a record is changed, with all that changes. Throws OutOfDiskSpace when the file may not hold so much more, or
   * the disk has no room; what takes away alone is never asked the first.
   */
  takeRoom(needed: RoomNeeded): void {
    const { bytes = 0 } = needed;
    if (bytes > this.#room)
      throw new StoreError(
        'OutOfDiskSpace',
        'the data file has reached STORE_MAX_MB; raise it, or set MONGODB_URI to use MongoDB',
      );
    this.#onDisk(() => this.#disk.take(needed));
    this.#room -= bytes;
  }

  /** Runs work that changes the file. The work throws nothing that it wants undone: what it has written by then stays. */
  write<T>(work: () => T): Written<T> {
    let ran!: (value: T) => void;
    let failed!: (error: unknown) => void;
    let refused: StoreError | undefined;
    const done = new Promise<T>((resolve, reject) => ([ran, failed] = [resolve, reject]));
    const durable = this.#root
      .transaction(() => {
        this.#refused = undefined;
        try {
          this.#begin();
          ran(work());
        } catch (error) {
          failed(error);
        }
        refused = this.#refused;
      })
      .then(
        () => this.#report(refused),
        async (error: unknown) => {
          const failure = refusal(await causeOf(asError(error)));
          this.#report(failure);
          failed(failure);
          throw failure;
        },
      );
    durable.catch(() => undefined);
    done.catch(() => undefined);
    return { ran: done, durable };
  }

  /** A file without room for its tables is taken away again: the next start would find it and take it for one that has them. */
  #makeFirstRoom(): void {
    try {
      this.#disk.first();
    } catch (error) {
      rmSync(this.path);
      throw error;
    }
  }

  #begin(): void {
    this.#room = this.maxBytes - this.#filledBytes();
    this.#onDisk(() => {
      this.#disk.begin(this.#root.getWriteTxnId());
      this.#disk.take(BOOKKEEPING);
      this.#disk.prove();
    });
  }

  #onDisk(take: () => void): void {
    try {
      take();
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      this.#refused = noRoom();
      throw this.#refused;
    }
  }

  /** Says that changes begin to fail, and not of each that does. */
  #report(failure: StoreError | undefined): void {
    if (failure && !this.#isFailing) this.onFailing(failure);
    this.#isFailing = failure !== undefined;
  }

  async close(): Promise<void> {
    await this.#root.close();
    this.#disk.close();
  }

  /** Pages in use are counted only when it matters: the file itself holds no less. */
  #filledBytes(): number {
    const { fileBytes } = this;
    return fileBytes < this.maxBytes / 2 ? fileBytes : this.usedBytes;
  }

  #fileSize(): FileSize {
    const { pageSize, lastPageNumber: lastPage, free } = statsOf(this.catalogue);
    const sizeOf = (name: TableName): TableSize => treeOf(statsOf(this[name]));
    const trees = {
      records: sizeOf('records'),
      ids: sizeOf('ids'),
      entries: sizeOf('entries'),
      catalogue: sizeOf('catalogue'),
    };
    return { pageSize, lastPage, trees, freeList: treeOf(free).pages + free.overflowPages };
  }

  #checkVersion(): void {
    const found = this.catalogue.getBinary(VERSION_KEY);
    const version = found ? Number(Buffer.from(found).toString()) : undefined;
    if (version !== undefined && version > DATA_VERSION) throw new NewerDataFile(this.path, version);
    if (version === undefined) this.markVersion(DATA_VERSION);
  }
}

interface TreeCounts {
  readonly treeDepth: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
}

interface TableStats extends TreeCounts {
  readonly pageSize: number;
  readonly overflowPages: number;
  readonly lastPageNumber: number;
  readonly free: TreeCounts & { readonly overflowPages: number };
}

function statsOf(table: Table): TableStats {
  // cast: lmdb gives its counts without a type
  return table.getStats() as TableStats;
}

function treeOf({ treeDepth, treeBranchPageCount, treeLeafPageCount }: TreeCounts): TableSize {
  return { depth: treeDepth, pages: treeBranchPageCount + treeLeafPageCount };
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
    ? noRoom()
    : new StoreError('InternalError', 'the change could not be written to disk: nothing of it was stored');
}

function noRoom(): StoreError {
  return new StoreError('OutOfDiskSpace', 'the disk is full or takes nothing more: this was not stored');
}
