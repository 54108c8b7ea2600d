import { once } from 'node:events';
import type { Socket } from 'node:net';
import { serialize } from 'bson';
import { asError } from '../as-error.js';
import { assertConcerns, timeLimitOf } from './commands/concerns.js';
import type { Answer, CommandContext } from './commands/context.js';
import { COMMANDS } from './commands/table.js';
import { StoreError } from './errors.js';
import { Messages } from './messages.js';
import { fieldOf } from './own-field.js';
import { Pace } from './pace.js';
import { slowSearch } from './slow-search.js';
import { BrokenFrame, readCommand, readEnvelope, writeReply } from './wire.js';

type OnError = (error: Error) => void;

/** Messages that wait for their turn on one connection before nothing more is read from it. */
const MOST_WAITING = 8;

/**
 * Serves one connection until it ends: its commands are answered in order, one at a time; different connections do not
 * wait for each other. What cannot be read is refused, with an answer where one can be given, and ends the connection.
 * @param onError called for failures that are not the client's
 */
export function serveConnection(socket: Socket, context: CommandContext, onError: OnError): void {
  const messages = new Messages();
  const waiting: Buffer[] = [];
  let answering = false;
  const answerAll = async (): Promise<void> => {
    answering = true;
    for (let message = waiting.shift(); message && !socket.destroyed; message = waiting.shift()) {
      if (waiting.length < MOST_WAITING) socket.resume();
      await answer(socket, context, message, onError);
    }
    answering = false;
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      messages.add(chunk);
      for (let message = messages.next(); message; message = messages.next()) waiting.push(message);
    } catch {
      socket.destroy();
      return;
    }
    if (waiting.length >= MOST_WAITING) socket.pause();
    if (!answering) void answerAll();
  });
}

async function answer(
  socket: Socket,
  context: CommandContext,
  message: Buffer,
  onError: OnError,
): Promise<void> {
  try {
    const envelope = readEnvelope(message);
    const reply = await run({ context, isWanted: () => !socket.destroyed, onError }, () =>
      readCommand(message, envelope),
    );
    if (envelope.oneWay || socket.destroyed) return;
    // A client that takes no answers gets no further ones: nothing is kept for it.
    if (!socket.write(writeReply(envelope, reply))) await drained(socket);
  } catch (error) {
    if (!(error instanceof BrokenFrame)) onError(asError(error));
    socket.destroy();
  }
}

function drained(socket: Socket): Promise<unknown> {
  const stop = new AbortController();
  const { signal } = stop;
  return Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })])
    .catch(() => undefined)
    .finally(() => stop.abort());
}

/** What the commands of a connection are run with. */
interface Served {
  readonly context: CommandContext;
  readonly isWanted: () => boolean;
  readonly onError: OnError;
}

async function run(served: Served, read: () => Record<string, unknown>): Promise<Uint8Array> {
  const reply = await outcome(served, read);
  return reply instanceof Uint8Array ? reply : serialize(reply);
}

async function outcome(served: Served, read: () => Record<string, unknown>): Promise<Answer> {
  try {
    return await paced(served, read());
  } catch (error) {
    if (error instanceof StoreError)
      return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
    served.onError(asError(error));
    return { ok: 0, errmsg: 'internal error of the embedded store', code: 1, codeName: 'InternalError' };
  }
}

async function paced({ context, isWanted }: Served, command: Record<string, unknown>): Promise<Answer> {
  assertConcerns(command);
  const name = Object.keys(command)[0] ?? '';
  const handler = fieldOf(COMMANDS, name);
  if (!handler) throw new StoreError('CommandNotFound', 'no such command');
  const pace = new Pace({ limitMs: timeLimitOf(command), isWanted });
  try {
    return await handler(context, command, pace);
  } finally {
    pace.endSearch();
    if (pace.slowest && pace.slowest.ms >= context.slowMs) context.onSlow(slowSearch(name, pace.slowest));
  }
}
