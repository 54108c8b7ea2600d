import './query-shapes/record.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import {
  connectStore,
  DATABASE_PREFIX,
  type ConnectOptions,
  type StoreConnection,
} from '../../store/connection.js';
import {
  startEmbeddedServer,
  type EmbeddedServer,
  type EmbeddedServerOptions,
} from '../../store/embedded/server.js';
import { freshDatabases, outsideStore } from './outside-store.js';

export interface TestStore {
  [Symbol.asyncDispose](): Promise<void>;
  /** The embedded server; a run against an outside MONGODB_URI has none, and leaves out the suites that need it. */
  readonly server: EmbeddedServer;
  /** The driver alone; databases of whatever name are this store's own. */
  readonly client: MongoClient;
  readonly directory: string;
  /** Connects as the product does. @param asking options of the connection string, such as `maxPoolSize=3` */
  connect(options?: Pick<ConnectOptions, 'monitorCommands'>, asking?: string): Promise<StoreConnection>;
}

/** @returns a fresh directory under the system's temporary one, and a function that removes it. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'overblik-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts a store of its own with a connected official driver: embedded, or fresh databases of an outside MONGODB_URI. */
export async function startTestStore(
  options: Partial<Omit<EmbeddedServerOptions, 'socket' | 'onError'>> = {},
): Promise<TestStore> {
  const uri = outsideStore();
  return uri === undefined ? startOwnStore(options) : startOutsideStore(uri, options);
}

async function startOwnStore(options: Partial<EmbeddedServerOptions>): Promise<TestStore> {
  const { path: directory, remove } = temporaryDirectory();
  const server = await startEmbeddedServer({
    path: join(directory, 'store.lmdb'),
    maxBytes: 1 << 30,
    ...options,
    socket: join(directory, 'store.sock'),
    onError: (error) => {
      throw error;
    },
  });
  const client = await MongoClient.connect(server.uri);
  return {
    server,
    client,
    directory,
    connect: (connecting, asking) => connectStore(withOptions(server.uri, asking), connecting),
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      remove();
    },
  };
}

async function startOutsideStore(uri: string, options: object): Promise<TestStore> {
  if (Object.keys(options).length > 0) throw new Error('these are options of the embedded store');
  const { path: directory, remove } = temporaryDirectory();
  const databases = await freshDatabases(uri);
  return {
    get server(): EmbeddedServer {
      throw new Error('this suite needs the embedded store: name it in tools/outside-store.mjs');
    },
    client: databases.client,
    directory,
    connect: (connecting, asking) =>
      connectStore(withOptions(uri, asking), {
        ...connecting,
        databasePrefix: `${databases.prefix}${DATABASE_PREFIX}`,
      }),
    async [Symbol.asyncDispose]() {
      await databases.drop();
      remove();
    },
  };
}

function withOptions(uri: string, asking: string | undefined): string {
  if (asking === undefined) return uri;
  return `${uri}${uri.includes('?') ? '&' : '/?'}${asking}`;
}
