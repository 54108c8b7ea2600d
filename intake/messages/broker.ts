import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { SubgraphFailure } from '../../gateway/transport/transport.js';
import { readEnvelope, takeMessage, type MessageParts, type MessageResult } from './take-message.js';

/** The durable queue messages come from, and where those go that nobody can deal with. */
export const QUEUE = 'overblik.messages';
export const DEAD_QUEUE = 'overblik.messages.dead';
/** Why a message lies in the dead-letter queue: field and rule, never a value of it. */
export const REASON_HEADER = 'overblik-reason';

const PREFETCH = 20;
const BACKOFF_MS = { first: 200, most: 15_000 } as const;
/** A message that fails this often for no known reason is set aside. */
const MAX_FAILURES = 5;

export interface BrokerParts extends MessageParts {
  readonly url: string;
  /** @returns the system of an id; null for none, undefined when nobody can say. */
  readonly systemById: (id: string) => Promise<DeliveringSystem | null | undefined>;
  readonly onMessage: (result: MessageResult['result'] | 'dead') => void;
  /** Told of lost connections and failures; gets nothing of a message. */
  readonly onTrouble: (error: unknown) => void;
}

/** Messages from RabbitMQ: acknowledged when what they led to is stored, set aside with the reason when they never can be. */
export class MessageBroker {
  #connection: ChannelModel | undefined;
  #channel: ConfirmChannel | undefined;
  #closed = false;
  #backoff: number = BACKOFF_MS.first;
  #timer: NodeJS.Timeout | undefined;
  readonly #failures = new LRUCache<string, number>({ max: 1000, ttl: 3_600_000 });
  readonly #working = new Set<Promise<void>>();

  constructor(readonly parts: BrokerParts) {}

  get connected(): boolean {
    return this.#channel !== undefined;
  }

  /** Connects and goes on connecting; a broker that is away is no reason not to start. */
  async start(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#open();
      this.#backoff = BACKOFF_MS.first;
    } catch (error) {
      this.parts.onTrouble(error);
      this.#again();
    }
  }

  /** Finishes what is being worked on, then goes. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.allSettled([...this.#working]);
    await this.#connection?.close().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const connection = await connect(this.parts.url, { timeout: 5000 });
    connection.on('error', (error) => this.parts.onTrouble(error));
    connection.on('close', () => {
      this.#channel = undefined;
      this.#again();
    });
    this.#connection = connection;
    try {
      await this.#listen(connection);
    } catch (error) {
      await connection.close().catch(() => undefined);
      throw error;
    }
  }

  /** A channel that ends, or a consumer that the broker cancels, takes the connection with it: everything begins anew. */
  async #listen(connection: ChannelModel): Promise<void> {
    const endConnection = (): void => {
      this.#channel = undefined;
      void connection.close().catch(() => undefined);
    };
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => this.parts.onTrouble(error));
    channel.on('close', endConnection);
    await channel.assertQueue(DEAD_QUEUE, { durable: true });
    await channel.assertQueue(QUEUE, { durable: true });
    await channel.prefetch(PREFETCH);
    this.#channel = channel;
    const take = (message: ConsumeMessage | null) =>
      message === null ? endConnection() : this.#take(channel, message);
    await channel.consume(QUEUE, take, { noAck: false });
  }

  #again(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.start(), this.#backoff);
    this.#timer.unref();
    this.#backoff = Math.min(this.#backoff * 2, BACKOFF_MS.most);
  }

  #take(channel: ConfirmChannel, message: ConsumeMessage): void {
    const work = this.#dealWith(channel, message).catch((error: unknown) => this.parts.onTrouble(error));
    this.#working.add(work);
    void work.finally(() => this.#working.delete(work));
  }

  async #dealWith(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    try {
      const result = await this.#resultOf(message);
      if (result.result === 'rejected' || result.result === 'ignored')
        await this.#setAside(
          channel,
          message,
          'field' in result ? `${result.field}: ${result.rule}` : result.rule,
        );
      else this.parts.onMessage(result.result);
      channel.ack(message);
    } catch (error) {
      this.parts.onTrouble(error);
      await this.#later(channel, message, error instanceof SubgraphFailure);
    }
  }

  async #resultOf(message: ConsumeMessage): Promise<MessageResult> {
    const text = utf8(message.content);
    if (text === undefined) return { result: 'rejected', field: '', rule: 'UTF-8' };
    const read = readEnvelope(text, this.parts.now());
    if ('result' in read) return read;
    const system = await this.parts.systemById(read.envelope.filterData.sender);
    if (system === undefined) throw new SubgraphFailure('access', 'unreachable');
    if (system === null)
      return { result: 'rejected', field: 'filterData.sender', rule: 'a registered system' };
    return takeMessage(this.parts, system, read.envelope);
  }

  /** Nothing is lost: the broker has confirmed the copy before the message itself is acknowledged. */
  async #setAside(channel: ConfirmChannel, message: ConsumeMessage, reason: string): Promise<void> {
    channel.sendToQueue(DEAD_QUEUE, message.content, {
      persistent: true,
      headers: { ...message.properties.headers, [REASON_HEADER]: reason },
    });
    await channel.waitForConfirms();
    this.parts.onMessage('dead');
  }

  /** A part that is away comes back: the message is given back after a pause. One that always fails is set aside. */
  async #later(channel: ConfirmChannel, message: ConsumeMessage, away: boolean): Promise<void> {
    const key = createHash('sha256').update(message.content).digest('base64url');
    // A part that does not answer says nothing of the message, however long it is away.
    const failures = (this.#failures.get(key) ?? 0) + (away ? 0 : 1);
    this.#failures.set(key, failures);
    if (failures >= MAX_FAILURES && message.fields.redelivered) {
      await this.#setAside(channel, message, 'could not be dealt with');
      channel.ack(message);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, BACKOFF_MS.first * 2 ** failures));
    channel.nack(message, false, true);
  }
}

function utf8(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
