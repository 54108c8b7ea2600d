import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { makePrivate, socketPathOf, STORE_FILE } from './data-directory.js';

/** What the owner of a data directory tells others: `DATA_DIR/store.json`. */
interface StoreAddress {
  /** Path of the Unix socket at which the store answers. */
  readonly socket: string;
}

/** The file whose lock is the right to a data directory; it stays when nobody holds it. */
export const LOCK_FILE = 'store.lock';
const ADDRESS = 'store.json';

/** Raised when another live process owns the directory and does not say where its store answers. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string) {
    const owner = readIfThere(join(directory, LOCK_FILE));
    const named = /^\d+$/.test(owner) ? `the running process ${owner}` : 'another running process';
    super(`DATA_DIR ${directory} is owned by ${named}; stop it or choose another DATA_DIR`);
    this.name = 'DataDirectoryInUse';
  }
}

/** The sole right to a data directory. It ends with the process, however that ends. */
export interface DirectoryLock {
  /** Path at which the store is to listen; nothing is there yet. */
  readonly socket: string;
  /** Tells other processes where the store answers. */
  publish(): void;
  release(): void;
}

/**
 * Takes the lock of a data directory: the operating system's, on an open file. The file stays when the lock is given back: two that
 * find it gone could each lock a file of their own. Should somebody take it away, the lock on the data file itself still holds.
 * @returns undefined when somebody holds it, in this process or another
 */
export function lockDirectory(directory: string): DirectoryLock | undefined {
  makePrivate(directory);
  const fd = lockFile(join(directory, LOCK_FILE), 'a');
  if (fd === undefined) return undefined;
  const data = join(directory, STORE_FILE);
  if (!existsSync(data)) return heldLock(directory, fd);
  const dataFd = lockFile(data, 'r+');
  if (dataFd !== undefined) return heldLock(directory, fd, dataFd);
  closeSync(fd);
  return undefined;
}

/** @returns the open file; undefined when somebody else has locked it */
function lockFile(path: string, flags: 'a' | 'r+'): number | undefined {
  const fd = openSync(path, flags, 0o600);
  try {
    if (tryLock(fd)) return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return undefined;
}

/** @returns where the owner's store answers; undefined as long as it has not said so. */
export function addressIn(directory: string): StoreAddress | undefined {
  const text = readIfThere(join(directory, ADDRESS));
  // cast: the owner of the directory has written it
  return text === '' ? undefined : (JSON.parse(text) as StoreAddress);
}

function heldLock(directory: string, fd: number, dataFd?: number): DirectoryLock {
  let data = dataFd;
  ftruncateSync(fd);
  writeSync(fd, String(process.pid));
  const address = join(directory, ADDRESS);
  const socket = socketPathOf(directory);
  for (const left of [address, socket]) rmSync(left, { force: true });
  return {
    socket,
    publish() {
      // The first start of all has just made it.
      const path = join(directory, STORE_FILE);
      if (existsSync(path)) data ??= lockFile(path, 'r+');
      const text = JSON.stringify({ socket } satisfies StoreAddress);
      rmSync(`${address}.new`, { force: true });
      writeFileSync(`${address}.new`, text, { mode: 0o600, flag: 'wx' });
      renameSync(`${address}.new`, address);
    },
    release() {
      rmSync(address, { force: true });
      if (data !== undefined) closeSync(data);
      closeSync(fd);
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
