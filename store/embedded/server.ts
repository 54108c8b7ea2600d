import { createServer, type Server, type Socket } from 'node:net';
import type { CommandContext } from './commands/context.js';
import { Cursors } from './cursors.js';
import { Engine, type EngineOptions } from './engine.js';
import { migrate } from './migrations/migrate.js';
import { serveConnection } from './serve-connection.js';
import type { SlowSearch } from './slow-search.js';

export interface EmbeddedServerOptions extends EngineOptions {
  /** Path of the Unix socket, in a directory that only this user may enter. */
  readonly socket: string;
  /** Data file of an earlier version whose records are brought over first. */
  readonly oldPath?: string;
  /** Called for failures that are not the client's; gets no record contents. */
  readonly onError: (error: Error) => void;
  /** Milliseconds of its own work after which a search is slow; none is unless given. */
  readonly slowMs?: number;
  /** Called for each search that was slow. */
  readonly onSlow?: (slow: SlowSearch) => void;
}

export interface EmbeddedServer {
  readonly uri: string;
  readonly engine: Engine;
  /** Records that were brought over from the data file of an earlier version; undefined when there was none. */
  readonly broughtOver: number | undefined;
  /** Stops accepting, finishes what is written, closes the data file. */
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 2000;

/** @returns the connection string of a store that listens at a Unix socket. */
export function uriOf(socket: string): string {
  return `mongodb://${encodeURIComponent(socket)}/?directConnection=true`;
}

/**
 * Starts the embedded store at a Unix socket. The operating system lets nobody reach it who may not enter the socket's
 * directory: that is the whole authentication.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const engine = new Engine({ ...options, onFailing: options.onError });
  const broughtOver = await migrate(engine, options.oldPath);
  const { slowMs = Infinity, onSlow = () => undefined } = options;
  const context: CommandContext = { engine, cursors: new Cursors(), slowMs, onSlow };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, context, options.onError);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, options.socket);
  return {
    uri: uriOf(options.socket),
    engine,
    broughtOver,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await engine.close();
    },
  };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => resolve());
  });
}
