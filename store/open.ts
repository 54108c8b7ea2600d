import { type ConnectOptions, connectStore, type StoreConnection } from './connection.js';
import type { StoreSettings } from './settings.js';
import { startOrAttach, type StoreEvents } from './start-or-attach.js';

export interface OpenStore extends StoreConnection {
  readonly uri: string;
  /** Records that were brought over from the data file of an earlier version; undefined when there was none. */
  readonly broughtOver: number | undefined;
  /** Gives back what an embedded store's heap held only for a while. */
  releaseMemory(): void;
}

const nothing = (): void => undefined;

export interface OpenOptions extends ConnectOptions, StoreEvents {}

/**
 * Opens the store the settings name. The first process of a data directory starts the embedded server; a later one
 * attaches to it, and takes over when the first ends.
 * @param onError called with failures inside the embedded server
 */
export async function openStore(
  settings: StoreSettings,
  onError: (error: Error) => void,
  options: OpenOptions = {},
): Promise<OpenStore> {
  if (settings.mongodbUri !== undefined) {
    return {
      ...(await connectStore(settings.mongodbUri, { ...options, databasePrefix: settings.databasePrefix })),
      uri: settings.mongodbUri,
      broughtOver: undefined,
      releaseMemory: nothing,
    };
  }
  const embedded = await startOrAttach(settings, onError, options);
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
