import { join } from 'node:path';
import { connectStore, type ConnectOptions, type StoreConnection } from './connection.js';
import { lockDataDirectory } from './embedded/data-directory.js';
import { uriOf } from './embedded/server.js';
import { startStoreThread } from './embedded/start-thread.js';

export interface StoreSettings {
  /** Set: MongoDB answers. Unset: the embedded store in `dataDir`. Nothing else decides. */
  readonly mongodbUri: string | undefined;
  readonly dataDir: string;
  readonly storeMaxMb: number;
  readonly storeCacheMb: number;
  readonly production: boolean;
  /** Lets the embedded store run in production, by name. */
  readonly allowEmbeddedInProduction: boolean;
}

export interface OpenStore extends StoreConnection {
  readonly uri: string;
  /** Gives back what an embedded store's heap held only for a while. */
  releaseMemory(): void;
}

const MB = 1 << 20;

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
      releaseMemory: nothing,
    };
  }
  const embedded = await startOrAttach(settings, onError);
  const connection = await connectStore(embedded.uri, options);
  return {
    ...connection,
    uri: embedded.uri,
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
      releaseMemory: nothing,
      close: () => Promise.resolve(),
    };
  }
  try {
    const server = await startStoreThread({
      path: join(settings.dataDir, 'store.data'),
      maxBytes: settings.storeMaxMb * MB,
      cacheBytes: settings.storeCacheMb * MB,
      socket: lock.socket,
      onError,
    });
    lock.publish();
    return {
      uri: server.uri,
      attached: false,
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
