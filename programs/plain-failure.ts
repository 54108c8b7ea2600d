import { DirectoryNotEmpty } from '../store/backup.js';
import { NoBackup } from '../store/backup-manifest.js';
import { DataDirectoryNotPrivate } from '../store/embedded/data-directory.js';
import { DataDirectoryInUse } from '../store/embedded/directory-lock.js';
import { NoExport } from '../store/export/export-manifest.js';
import { ForeignCollection, StoreChanged } from '../store/export/export-store.js';
import { StoreNotEmpty } from '../store/export/import-store.js';
import { DamagedCopy } from '../store/prove-copy.js';
import { SettingsError } from '../subgraphs/shared/settings/parse.js';

/** MongoDB's code for credentials that are not taken. */
const NOT_AUTHENTICATED = 18;
/** Failures whose own words are for the operator. */
const SAID_PLAINLY = [
  DataDirectoryInUse,
  DirectoryNotEmpty,
  NoBackup,
  DamagedCopy,
  NoExport,
  ForeignCollection,
  StoreChanged,
  StoreNotEmpty,
];
/** Of the folder for data, or the file for the log's checkpoints. */
const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOSPC'];
const NO_SUCH_ADDRESS = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Puts a failure to start into one line where an operator can mend it; a driver's own words may hold an address with a password.
 * @returns a SettingsError, a line, or the failure as it was
 */
export function plainFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SettingsError) return error;
  if (error instanceof DataDirectoryNotPrivate) return new SettingsError([error.message]);
  if (SAID_PLAINLY.some((kind) => error instanceof kind)) return error.message;
  const code = 'code' in error ? error.code : undefined;
  if (error.name.startsWith('Mongo')) return ofDriver(error.name, code) ?? error;
  const call = 'syscall' in error ? error.syscall : '';
  return ofSystem(String(code), String(call)) ?? error;
}

function ofSystem(code: string, call: string): SettingsError | undefined {
  if (NOT_WRITABLE.includes(code) && /^(mkdir|open|link)$/.test(call))
    return new SettingsError([`DATA_DIR, AUDIT_ANCHOR_FILE: cannot be written to (${code})`]);
  if (NO_SUCH_ADDRESS.includes(code) && /^(listen|bind|getaddrinfo)$/.test(call))
    return new SettingsError(['HOST, OPERATIONS_HOST: this machine has no such address']);
  return undefined;
}

function ofDriver(name: string, code: unknown): SettingsError | string | undefined {
  if (name === 'MongoServerSelectionError' || name.startsWith('MongoNetwork'))
    return 'MONGODB_URI (or AUDIT_MONGODB_URI): the database does not answer. Is it started, and can it be reached from here?';
  if (code === NOT_AUTHENTICATED)
    return new SettingsError(['MONGODB_URI: the database does not take the user name and password']);
  return name === 'MongoParseError' || name === 'MongoInvalidArgumentError'
    ? new SettingsError(['MONGODB_URI: not in the form that .env.example shows'])
    : undefined;
}
