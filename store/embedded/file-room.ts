import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** Pages of one table's tree, without those of values that fill pages of their own. */
export interface TableSize {
  readonly depth: number;
  readonly pages: number;
}

/** What LMDB says of its file within a change. */
export interface FileSize {
  readonly pageSize: number;
  /** The last page that any earlier change has used. */
  readonly lastPage: number;
  readonly trees: Readonly<Record<TableName, TableSize>>;
  /** Pages that hold the list of free pages. */
  readonly freeList: number;
}

export const TABLES = ['records', 'ids', 'entries', 'catalogue'] as const;
export type TableName = (typeof TABLES)[number];
type Counts = Partial<Record<TableName, number>>;

/** What a change is about to do. */
export interface RoomNeeded {
  /** Entries put into each table. */
  readonly puts?: Counts;
  /** Entries taken out of each table. */
  readonly removes?: Counts;
  /** Bytes of a value that is put. */
  readonly bytes?: number;
  /** Bytes of a value that goes, or is replaced. */
  readonly gone?: number;
  /** Only what takes nothing away leaves some room: so that something can be taken away on a full disk. */
  readonly takesAway?: boolean;
}

/** Raised when the disk has no room for what a change is about to do; nothing of it is done yet. */
export class NoRoom extends Error {
  constructor(options: ErrorOptions) {
    super('the disk has no room for a change', options);
    this.name = 'NoRoom';
  }
}

/** A value of more bytes may lie in pages of its own (LMDB: half a page). */
const MOST_BYTES_IN_TREE = 1500;
const PAGE_HEAD_BYTES = 16;
/** Numbers of free pages that one page holds, less than it does. */
const FREE_PER_PAGE = 500;
/** The table of tables, and what the list of free pages takes at the least. */
const ALWAYS = 32;
/** Left to what takes away. */
const SPARE_PAGES = 64;
/** Written ahead of need, so that not every change writes: at the least, and as a part of the file. */
const AHEAD_PAGES = 128;
const AHEAD_PART = 64;
/** Given back when so much more than is needed lies behind the last page. */
const GIVE_BACK_PAGES = 16_384;
const NEW_FILE_BYTES = 1 << 18;
const ZEROS = Buffer.alloc(1 << 18);

/**
 * Keeps room behind the last page of LMDB's file for all that the running change may write, so that LMDB itself is never refused a
 * write: lmdb-js 3.5.6 then writes past its own memory (`mdb_page_flush`, a text of up to 126 bytes into 100), and the process may end.
 * A page that was written once is written again without new room, on file systems that do not copy on write.
 */
export class FileRoom {
  readonly #fd: number;
  #end: number;
  #txn: number | undefined;
  #size!: FileSize;
  /** What the running change has done and is about to do. */
  #puts = noCounts();
  #removes = noCounts();
  /** Pages of values in pages of their own that are put, and that go. */
  #ownPages = 0;
  #gonePages = 0;
  /** Puts into each table since its size was read. */
  #since = noCounts();
  /** The most pages each tree has had in the running change. */
  #most = noCounts();

  constructor(
    path: string,
    readonly read: () => FileSize,
  ) {
    this.#fd = openSync(path, 'r+');
    this.#end = fstatSync(this.#fd).size;
  }

  /** For a file that LMDB has just made: room for its tables. Throws NoRoom. */
  first(): void {
    const { written, cause } = this.#fill(this.#end, NEW_FILE_BYTES);
    if (written < NEW_FILE_BYTES) throw new NoRoom({ cause });
    this.#end = written;
  }

  /** Bytes that the file has; LMDB writes nothing behind them. */
  get end(): number {
    return this.#end;
  }

  /**
   * To be called as work within a change begins; several works may share one.
   * @param txn LMDB's number of the change
   */
  begin(txn: number): void {
    if (txn === this.#txn) return;
    this.#txn = txn;
    [this.#puts, this.#removes, this.#most] = [noCounts(), noCounts(), noCounts()];
    [this.#ownPages, this.#gonePages] = [0, 0];
    this.#measure();
  }

  /** Sees to it that there is room. Throws NoRoom before anything is written. */
  take(needed: RoomNeeded): void {
    this.#count(needed, 1);
    const spare = needed.takesAway ? 0 : SPARE_PAGES;
    if (this.#needed(spare) <= this.#end) return;
    // What is about to be put is not among the pages that are measured.
    this.#count(needed, -1);
    this.#measure();
    this.#count(needed, 1);
    if (this.#needed(spare) <= this.#end) return;
    try {
      this.#extend(this.#needed(spare));
    } catch (error) {
      this.#count(needed, -1);
      throw error;
    }
  }

  /** Throws NoRoom when the disk takes nothing, as one that has become read-only: found out behind all pages, before LMDB does. */
  prove(): void {
    try {
      writeSync(this.#fd, ZEROS, 0, 1, this.#end - 1);
    } catch (cause) {
      throw new NoRoom({ cause });
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #count({ puts = {}, removes = {}, bytes = 0, gone = 0 }: RoomNeeded, times: 1 | -1): void {
    for (const tree of TABLES) {
      this.#puts[tree] += times * (puts[tree] ?? 0);
      this.#since[tree] += times * (puts[tree] ?? 0);
      this.#removes[tree] += times * (removes[tree] ?? 0);
    }
    this.#ownPages += times * ownPages(bytes);
    this.#gonePages += times * ownPages(gone);
  }

  #measure(): void {
    this.#size = this.read();
    for (const tree of TABLES) {
      const { pages } = this.#size.trees[tree];
      this.#most[tree] = Math.max(this.#most[tree], pages + 2 * this.#removes[tree]);
    }
    this.#since = noCounts();
    this.#giveBack();
  }

  /** @returns bytes that the file must have, so that whatever the change does ends within them */
  #needed(spare: number): number {
    const { pageSize, lastPage, freeList } = this.#size;
    const inTrees = TABLES.reduce((sum, tree) => sum + this.#mostTouched(tree), 0);
    const freed = inTrees + this.#ownPages + this.#gonePages;
    const listed = 3 * freeList + 2 * Math.ceil(freed / FREE_PER_PAGE);
    return (lastPage + 1 + inTrees + this.#ownPages + listed + ALWAYS + spare) * pageSize;
  }

  /** A put or a removal touches its path through the tree and what stands beside it, and no more than there is or comes. */
  #mostTouched(tree: TableName): number {
    const operations = this.#puts[tree] + this.#removes[tree];
    const { depth } = this.#size.trees[tree];
    return Math.min(2 * operations * (depth + 2), this.#most[tree] + 3 * this.#since[tree]);
  }

  #extend(to: number): void {
    const { pageSize } = this.#size;
    const end = Math.floor(fstatSync(this.#fd).size / pageSize) * pageSize;
    const ahead = Math.max(AHEAD_PAGES, Math.floor(to / pageSize / AHEAD_PART)) * pageSize;
    const { written, cause } = this.#fill(end, to + ahead);
    // What was written in part counts as far as its last whole page.
    this.#end = Math.floor(written / pageSize) * pageSize;
    if (this.#end < to) throw new NoRoom({ cause });
  }

  #fill(from: number, to: number): { readonly written: number; readonly cause?: unknown } {
    let at = from;
    try {
      while (at < to) at += writeSync(this.#fd, ZEROS, 0, Math.min(ZEROS.length, to - at), at);
    } catch (cause) {
      return { written: at, cause };
    }
    return { written: at };
  }

  /** After a change that needed much; nothing lies there yet. */
  #giveBack(): void {
    const { pageSize, lastPage } = this.#size;
    const keep =
      this.#needed(SPARE_PAGES) + Math.max(AHEAD_PAGES, Math.floor(lastPage / AHEAD_PART)) * pageSize;
    if (this.#end - keep <= GIVE_BACK_PAGES * pageSize) return;
    ftruncateSync(this.#fd, keep);
    this.#end = keep;
  }
}

function ownPages(bytes: number): number {
  return bytes > MOST_BYTES_IN_TREE ? Math.ceil((bytes + PAGE_HEAD_BYTES) / 4096) : 0;
}

function noCounts(): Record<TableName, number> {
  return { records: 0, ids: 0, entries: 0, catalogue: 0 };
}
