import './query-shapes/record.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import {
  startEmbeddedServer,
  type EmbeddedServer,
  type EmbeddedServerOptions,
} from '../../store/embedded/server.js';

export interface TestStore {
  [Symbol.asyncDispose](): Promise<void>;
  readonly server: EmbeddedServer;
  readonly client: MongoClient;
  readonly directory: string;
}

/** @returns a fresh directory under the system's temporary one, and a function that removes it. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'overblik-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts an embedded store of its own with a connected official driver. */
export async function startTestStore(
  options: Partial<Omit<EmbeddedServerOptions, 'socket' | 'onError'>> = {},
): Promise<TestStore> {
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
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      remove();
    },
  };
}
