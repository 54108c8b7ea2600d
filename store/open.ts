import { join } from 'node:path';
import { type ConnectOptions, connectStore, type StoreConnection } from './connection.js';
import { type DataDirectoryLock, lockDataDirectory } from './embedded/data-directory.js';
import { uriOf } from './embedded/server.js';
import { startStoreThread } from './embedded/start-thread.js';

export interface StoreSettings {
  /** Set: MongoDB answers. Unset: the embedded store in `dataDir`. Nothing else decides. */
  readonly mongodbUri: string | undefined;
  readonly dataDir: string;
  readonly storeMaxMb: number;
  readonly production: boolean;
  /** Lets the embedded store run in production, by name. */
  readonly allowEmbeddedInProduction: boolean;
}

export interface OpenStore extends StoreConnection {
  readonly uri: string;
  /** Records that were brought over from the data file of an earlier version; undefined when there was none. */
  readonly broughtOver: number | undefined;
  /** Gives back what an embedded store's heap held only for a while. */
  releaseMemory(): void;
}

const MB = 1 << 20;

/** Where the records of a data directory lie. */
export const STORE_FILE = 'store.lmdb';
/** Where version 0.1.0 kept them. */
const OLD_STORE_FILE = 'store.data';

/** Memory of another process is its own. */
const nothing = (): void => undefined;

/**
 * Opens the store the settings name. The first process of a data directory starts the embedded server; a later one
 * attaches to it.
 * @param onError told of failures inside the embedded server
 */
export async function openStore(
  settings: StoreSettings,
  onError: (error: Error) => void,
  options: ConnectOptions = {},
): Promise<OpenStore> {
  if (settings.mongodbUri !== undefined) {
    return {
      ...(await connectStore(settings.mongodbUri, options)),
      uri: settings.mongodbUri,
      broughtOver: undefined,
      releaseMemory: nothing,
    };
  }
  const embedded = await startOrAttach(settings, onError);
  const connection = await connectStore(embedded.uri, options);
  return {
    ...connection,
    uri: embedded.uri,
    broughtOver: embedded.broughtOver,
    releaseMemory: () => embedded.releaseMemory(),
    async close() {
      await connection.close();
      await embedded.close();
    },
  };
}

export interface EmbeddedStore {
  readonly uri: string;
  readonly attached: boolean;
  readonly broughtOver: number | undefined;
  releaseMemory(): void;
  close(): Promise<void>;
}

/** Starts the embedded server for a data directory, or attaches to the one that runs there. */
export async function startOrAttach(
  settings: StoreSettings,
  onError: (error: Error) => void,
): Promise<EmbeddedStore> {
  if (settings.production && !settings.allowEmbeddedInProduction)
    throw new Error(
      'the embedded store refuses production; set MONGODB_URI, or STORE_EMBEDDED_IN_PRODUCTION=yes',
    );
  const lock = lockDataDirectory(settings.dataDir);
  if ('pid' in lock) {
    return {
      uri: uriOf(lock.socket),
      attached: true,
      broughtOver: undefined,
      releaseMemory: nothing,
      close: () => Promise.resolve(),
    };
  }
  return startIn(lock, settings, onError);
}

/** Starts the store in a data directory that is ours; the directory is free again when that fails. */
async function startIn(
  lock: DataDirectoryLock,
  settings: StoreSettings,
  onError: (error: Error) => void,
): Promise<EmbeddedStore> {
  try {
    const server = await startStoreThread({
      path: join(settings.dataDir, STORE_FILE),
      oldPath: join(settings.dataDir, OLD_STORE_FILE),
      maxBytes: settings.storeMaxMb * MB,
      socket: lock.socket,
      onError,
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
