import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the owner of a data directory tells others: `DATA_DIR/store.json`. */
export interface StoreAddress {
  readonly pid: number;
  /** Path of the Unix socket at which the store answers. */
  readonly socket: string;
}

const LOCK = 'store.lock';
const ADDRESS = 'store.json';
const SOCKET = 'store.sock';

/** Unix keeps 108 bytes for a socket's path (104 on some systems), its end included. */
const LONGEST_SOCKET_PATH = 100;
const STICKY = 0o1000;
const ANY_OTHER = 0o077;

/** Raised when another live process owns the directory and offers no address to attach to. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(`DATA_DIR ${directory} is owned by the running process ${pid}; stop it or choose another DATA_DIR`);
    this.name = 'DataDirectoryInUse';
  }
}

/** Raised when the operating system cannot keep other users out of the directory. */
export class DataDirectoryNotPrivate extends Error {
  constructor(directory: string, why: string) {
    super(`DATA_DIR ${directory} ${why}; name a directory that belongs to the user who runs Overblik alone`);
    this.name = 'DataDirectoryNotPrivate';
  }
}

export interface DataDirectoryLock {
  readonly directory: string;
  /** Path at which the store is to listen; nothing is there yet. */
  readonly socket: string;
  /** Tells other processes where the store answers. */
  publish(): void;
  release(): void;
}

/**
 * Takes the exclusive lock of a data directory. A lock left by a dead process is taken over.
 * @returns the lock, or the address of the live owner's store
 */
export function lockDataDirectory(directory: string): DataDirectoryLock | StoreAddress {
  makePrivate(directory);
  const owner = takeLock(join(directory, LOCK));
  if (owner === undefined) return heldLock(directory);
  const address = readAddress(directory);
  if (address?.pid === owner) return address;
  throw new DataDirectoryInUse(directory, owner);
}

/**
 * Makes the directory when it is missing, and takes every right on it from everybody but its owner: whoever can reach
 * the socket in it can read and write all records.
 */
export function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const real = realpathSync(directory);
  const { uid, mode } = lstatSync(real);
  if (uid !== process.geteuid?.()) throw new DataDirectoryNotPrivate(directory, 'belongs to another user');
  if ((mode & STICKY) !== 0) throw new DataDirectoryNotPrivate(directory, 'is shared by several users');
  if ((mode & ANY_OTHER) !== 0) chmodSync(real, 0o700);
}

/**
 * @returns where the store of a directory listens: in the directory itself, or, when that path is too long for a
 * socket, in a directory of mode 700 under the system's temporary one whose name follows from the path.
 */
export function socketPathOf(directory: string): string {
  const real = realpathSync(directory);
  const inside = join(real, SOCKET);
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  const name = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const short = join(tmpdir(), `overblik-${name}`);
  makePrivate(short);
  return join(short, SOCKET);
}

function heldLock(directory: string): DataDirectoryLock {
  const address = join(directory, ADDRESS);
  const socket = socketPathOf(directory);
  for (const left of [address, socket]) rmSync(left, { force: true });
  return {
    directory,
    socket,
    publish() {
      const text = JSON.stringify({ pid: process.pid, socket } satisfies StoreAddress);
      rmSync(`${address}.new`, { force: true });
      writeFileSync(`${address}.new`, text, { mode: 0o600, flag: 'wx' });
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
