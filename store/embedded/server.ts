import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { serialize } from 'bson';
import { COMMANDS } from './commands/table.js';
import type { Answer, CommandContext } from './commands/context.js';
import { Cursors } from './cursors.js';
import { Engine, type EngineOptions } from './engine.js';
import { StoreError } from './errors.js';
import { messageLength, readMessage, writeReply, type Request } from './wire.js';

export interface EmbeddedServerOptions extends EngineOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Told of failures that are not the client's; gets no record contents. */
  readonly onError: (error: Error) => void;
}

export interface EmbeddedServer {
  readonly port: number;
  readonly uri: string;
  readonly engine: Engine;
  /** Stops accepting, finishes what is written, closes the data file. */
  close(): Promise<void>;
}

/** Starts the embedded store on 127.0.0.1. It has no authentication, so it binds nowhere else. */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const engine = new Engine(options);
  const context: CommandContext = { engine, cursors: new Cursors() };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, context, options.onError);
  });
  const port = await listen(server, options.port);
  return {
    port,
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    engine,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await engine.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function serve(socket: Socket, context: CommandContext, onError: (error: Error) => void): void {
  socket.setNoDelay(true);
  let received: Buffer = Buffer.alloc(0);
  let queue = Promise.resolve();
  const takeOne = (): boolean => {
    const length = messageLength(received);
    if (length === undefined || received.length < length) return false;
    const request = readMessage(received.subarray(0, length));
    received = received.subarray(length);
    // One connection's commands are answered in order; different connections do not wait for each other.
    queue = queue.then(() => respond(socket, context, request, onError));
    return true;
  };
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    try {
      while (takeOne());
    } catch (error) {
      onError(error as Error);
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}

async function respond(
  socket: Socket,
  context: CommandContext,
  request: Request,
  onError: (error: Error) => void,
) {
  const answer = await run(context, request, onError);
  if (request.oneWay || socket.destroyed) return;
  socket.write(writeReply(request, answer instanceof Uint8Array ? answer : serialize(answer)));
}

async function run(
  context: CommandContext,
  request: Request,
  onError: (error: Error) => void,
): Promise<Answer> {
  const name = Object.keys(request.command)[0] ?? '';
  try {
    const handler = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!handler) throw new StoreError('CommandNotFound', `no such command: '${name}'`);
    return await handler(context, request.command);
  } catch (error) {
    if (error instanceof StoreError)
      return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
    onError(error as Error);
    return { ok: 0, errmsg: 'internal error of the embedded store', code: 1, codeName: 'InternalError' };
  }
}
