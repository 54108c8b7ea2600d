import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { asError } from './as-error.js';
import { STORE_FILE } from './embedded/data-directory.js';
import {
  addressIn,
  DataDirectoryInUse,
  type DirectoryLock,
  lockDirectory,
} from './embedded/directory-lock.js';
import { type EmbeddedServerOptions, uriOf } from './embedded/server.js';
import type { SlowSearch } from './embedded/slow-search.js';
import { startStoreThread } from './embedded/start-thread.js';
import type { StoreSettings } from './settings.js';

const MB = 1 << 20;

/** Where version 0.1.0 kept them. */
const OLD_STORE_FILE = 'store.data';

/** How long an owner that is just starting may take to say where it answers. */
const OWNER_STARTS_MS = 20_000;
const ASK_AGAIN_MS = 50;
/** How often an attached process looks whether the owner is gone: 5 s may pass until it answers in the owner's place. */
const LOOK_MS = 500;
/** After a take-over that failed. */
const TRY_AGAIN_MS = 5000;

export interface EmbeddedStore {
  readonly uri: string;
  /** Whether another process kept the store when this one came. */
  readonly attached: boolean;
  readonly broughtOver: number | undefined;
  releaseMemory(): void;
  close(): Promise<void>;
}

/** What is reported of an embedded store beside its failures. */
export interface StoreEvents {
  /** Called when the process that kept the store has ended and this one keeps it from now on. */
  readonly onTakeOver?: () => void;
  /** Called for each search that took longer than `storeSlowMs`; by the process alone that keeps the store. */
  readonly onSlow?: (slow: SlowSearch) => void;
}

/**
 * Starts the embedded server for a data directory, or attaches to the one that runs there. An attached process takes over when the
 * owner ends: at the same address, so that drivers which are connected find it.
 * @throws DataDirectoryInUse when the owner does not say where it answers
 */
export async function startOrAttach(
  settings: StoreSettings,
  onError: (error: Error) => void,
  { onTakeOver, onSlow }: StoreEvents = {},
): Promise<EmbeddedStore> {
  if (settings.production && !settings.allowEmbeddedInProduction)
    throw new Error(
      'the embedded store refuses production; set MONGODB_URI, or STORE_EMBEDDED_IN_PRODUCTION=yes',
    );
  const { dataDir } = settings;
  const start = (lock: DirectoryLock) => startIn(lock, settings, { onError, ...(onSlow && { onSlow }) });
  for (const until = performance.now() + OWNER_STARTS_MS; performance.now() < until;) {
    const lock = lockDirectory(dataDir);
    if (lock) return start(lock);
    const address = addressIn(dataDir);
    if (address) return attachTo(address.socket, new Follower(dataDir, start, onError, onTakeOver));
    await setTimeout(ASK_AGAIN_MS);
  }
  throw new DataDirectoryInUse(dataDir);
}

/** Starts the store in a data directory that is ours; the directory is free again when that fails. */
async function startIn(
  lock: DirectoryLock,
  settings: StoreSettings,
  heard: Pick<EmbeddedServerOptions, 'onError' | 'onSlow'>,
): Promise<EmbeddedStore> {
  try {
    const server = await startStoreThread({
      path: join(settings.dataDir, STORE_FILE),
      oldPath: join(settings.dataDir, OLD_STORE_FILE),
      maxBytes: settings.storeMaxMb * MB,
      slowMs: settings.storeSlowMs,
      socket: lock.socket,
      ...heard,
    });
    lock.publish();
    return {
      uri: server.uri,
      attached: false,
      broughtOver: server.broughtOver,
      releaseMemory: () => server.releaseMemory(),
      async close() {
        await server.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function attachTo(socket: string, follower: Follower): EmbeddedStore {
  return {
    uri: uriOf(socket),
    attached: true,
    broughtOver: undefined,
    // Memory of another process is its own.
    releaseMemory: () => follower.own?.releaseMemory(),
    close: () => follower.end(),
  };
}

/** Waits for the end of a directory's owner, and starts the store in its place. */
class Follower {
  /** The store, once this process keeps it. */
  own: EmbeddedStore | undefined;
  readonly #ended = new AbortController();
  readonly #following: Promise<void>;

  constructor(
    readonly dataDir: string,
    readonly start: (lock: DirectoryLock) => Promise<EmbeddedStore>,
    readonly onError: (error: Error) => void,
    readonly onTakeOver: () => void = () => undefined,
  ) {
    this.#following = this.#follow();
  }

  /** Follows no more; a store that was taken over is closed. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#following;
    await this.own?.close();
  }

  async #follow(): Promise<void> {
    let wait = LOOK_MS;
    while (!this.own && (await this.#waited(wait))) wait = (await this.#tryOnce()) ? LOOK_MS : TRY_AGAIN_MS;
  }

  /** @returns false when it could have taken over and failed */
  async #tryOnce(): Promise<boolean> {
    try {
      // Where a volume is gone, an empty store would be no successor.
      if (!existsSync(join(this.dataDir, STORE_FILE)))
        throw new Error(`DATA_DIR ${this.dataDir} holds no ${STORE_FILE} any more`);
      const lock = lockDirectory(this.dataDir);
      if (!lock) return true;
      this.own = await this.start(lock);
      this.onTakeOver();
      return true;
    } catch (error) {
      this.onError(asError(error));
      return false;
    }
  }

  /** @returns false when the end came first */
  #waited(ms: number): Promise<boolean> {
    // Looking keeps no process alive.
    return setTimeout(ms, true, { ref: false, signal: this.#ended.signal }).catch(() => false);
  }
}
