import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the records of a data directory lie. */
export const STORE_FILE = 'store.lmdb';
const SOCKET = 'store.sock';

/** Unix keeps 108 bytes for a socket's path (104 on some systems), its end included. */
const LONGEST_SOCKET_PATH = 100;
const STICKY = 0o1000;
const ANY_OTHER = 0o077;

/** Raised when the operating system cannot keep other users out of the directory. */
export class DataDirectoryNotPrivate extends Error {
  constructor(directory: string, why: string) {
    super(`DATA_DIR ${directory} ${why}; name a directory that belongs to the user who runs Overblik alone`);
    this.name = 'DataDirectoryNotPrivate';
  }
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
