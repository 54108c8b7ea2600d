import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What the owner of a data directory tells others: `DATA_DIR/store.json`. */
export interface StoreAddress {
  readonly pid: number;
  readonly port: number;
}

const LOCK = 'store.lock';
const ADDRESS = 'store.json';

/** Raised when another live process owns the directory and offers no address to attach to. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(`DATA_DIR ${directory} is owned by the running process ${pid}; stop it or choose another DATA_DIR`);
    this.name = 'DataDirectoryInUse';
  }
}

export interface DataDirectoryLock {
  readonly directory: string;
  /** Tells other processes where the store answers. */
  publish(port: number): void;
  release(): void;
}

/**
 * Takes the exclusive lock of a data directory (design.md §4). A lock left by a dead process is taken over.
 * @returns the lock, or the address of the live owner's store
 */
export function lockDataDirectory(directory: string): DataDirectoryLock | StoreAddress {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const owner = takeLock(join(directory, LOCK));
  if (owner === undefined) return heldLock(directory);
  const address = readAddress(directory);
  if (address?.pid === owner) return address;
  throw new DataDirectoryInUse(directory, owner);
}

/** @returns the address of a running store in this directory, or undefined. */
export function runningStore(directory: string): StoreAddress | undefined {
  const address = readAddress(directory);
  return address && isAlive(address.pid) ? address : undefined;
}

function heldLock(directory: string): DataDirectoryLock {
  const address = join(directory, ADDRESS);
  rmSync(address, { force: true });
  return {
    directory,
    publish(port) {
      writeFileSync(`${address}.new`, JSON.stringify({ pid: process.pid, port }));
      renameSync(`${address}.new`, address);
    },
    release() {
      rmSync(address, { force: true });
      rmSync(join(directory, LOCK), { force: true });
    },
  };
}

/** @returns undefined when the lock is ours now, else the pid of its live owner. */
function takeLock(path: string): number | undefined {
  for (;;) {
    if (writeNew(path)) return undefined;
    const owner = Number(readIfThere(path));
    if (owner !== process.pid && isAlive(owner)) return owner;
    if (owner === process.pid) return owner;
    rmSync(path, { force: true });
  }
}

function writeNew(path: string): boolean {
  try {
    const fd = openSync(path, 'wx', 0o600);
    writeSync(fd, String(process.pid));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function readAddress(directory: string): StoreAddress | undefined {
  const text = readIfThere(join(directory, ADDRESS));
  return text === '' ? undefined : (JSON.parse(text) as StoreAddress);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
