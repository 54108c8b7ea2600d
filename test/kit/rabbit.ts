import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect, type ChannelModel } from 'amqplib';
import { freePort } from './stack.js';
import { temporaryDirectory } from './store.js';

const run = promisify(execFile);
const BIN = '/usr/lib/rabbitmq/bin';

/** A message as it lay in a queue. */
export interface Drained {
  readonly content: string;
  readonly headers: Record<string, unknown>;
  /** How long it may lie there, in milliseconds; undefined for ever. */
  readonly expiration: string | undefined;
}

/** A real RabbitMQ on ports of its own, with its data in a directory of its own. */
export interface Rabbit {
  readonly url: string;
  start(): Promise<void>;
  /** Stops it at once, as a power cut would; durable queues and persistent messages stay. */
  kill(): Promise<void>;
  publish(queue: string, messages: readonly (string | Buffer)[]): Promise<void>;
  /** Takes everything that lies in a queue. */
  drain(queue: string): Promise<Drained[]>;
  /** Deletes a queue under whoever listens to it. */
  remove(queue: string): Promise<void>;
  /** Messages in a queue, the unacknowledged ones not counted. */
  waiting(queue: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a RabbitMQ that nobody else knows of. */
export async function startRabbit(): Promise<Rabbit> {
  const { path, remove } = temporaryDirectory();
  const [port, distribution, epmd] = [await freePort(), await freePort(), await freePort()];
  for (const part of ['mnesia', 'log']) mkdirSync(join(path, part));
  const environment = {
    PATH: process.env['PATH'],
    HOME: path,
    LANG: 'C.UTF-8',
    RABBITMQ_NODENAME: `overblik${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: join(path, 'mnesia'),
    RABBITMQ_LOG_BASE: join(path, 'log'),
    RABBITMQ_PID_FILE: join(path, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(path, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(path, 'none'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none',
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = spawn(join(BIN, 'rabbitmq-server'), [], { env: environment, stdio: 'ignore', detached: true });
    await connected(url, () => server?.exitCode !== null);
  };
  const kill = async (): Promise<void> => {
    const stopped = server;
    server = undefined;
    if (!stopped?.pid || stopped.exitCode !== null) return;
    const gone = new Promise((resolve) => stopped.once('exit', resolve));
    process.kill(-stopped.pid, 'SIGKILL');
    await gone;
  };
  const withConnection = async <T>(act: (connection: ChannelModel) => Promise<T>): Promise<T> => {
    const connection = await connect(url);
    connection.on('error', () => undefined);
    try {
      return await act(connection);
    } finally {
      await connection.close().catch(() => undefined);
    }
  };
  await start();
  return {
    url,
    start,
    kill,
    publish: (queue, messages) =>
      withConnection(async (connection) => {
        const channel = await connection.createConfirmChannel();
        await channel.assertQueue(queue, { durable: true });
        for (const message of messages)
          channel.sendToQueue(queue, Buffer.from(message as string), { persistent: true });
        await channel.waitForConfirms();
      }),
    remove: (queue) =>
      withConnection(async (connection) => {
        await (await connection.createChannel()).deleteQueue(queue);
      }),
    drain: (queue) =>
      withConnection(async (connection) => {
        const channel = await connection.createChannel();
        await channel.assertQueue(queue, { durable: true });
        const all: Drained[] = [];
        for (;;) {
          const message = await channel.get(queue, { noAck: true });
          if (!message) return all;
          const { headers, expiration } = message.properties;
          all.push({
            content: message.content.toString(),
            headers: headers ?? {},
            expiration: expiration as string | undefined,
          });
        }
      }),
    waiting: (queue) =>
      withConnection(async (connection) => {
        const channel = await connection.createChannel();
        return (await channel.assertQueue(queue, { durable: true })).messageCount;
      }),
    async [Symbol.asyncDispose]() {
      await kill();
      await run('epmd', ['-port', String(epmd), '-kill'], { env: environment }).catch(() => undefined);
      remove();
    },
  };
}

/** Waits until the broker answers. */
async function connected(url: string, ended: () => boolean): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const connection = await connect(url, { timeout: 1000 }).catch(() => undefined);
    if (connection) {
      await connection.close();
      return;
    }
    if (ended()) throw new Error('RabbitMQ ended while starting');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('RabbitMQ did not answer');
}
