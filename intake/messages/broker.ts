import { createHash } from 'node:crypto';
import type { ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import { LRUCache } from 'lru-cache';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { SubgraphFailure } from '../../gateway/transport/transport.js';
import { BrokerConnection } from './broker-connection.js';
import { openDeadLetters, setAside } from './dead-letters.js';
import { readEnvelope } from './read-envelope.js';
import { type MessageParts, type MessageResult, takeMessage } from './take-message.js';

/** The durable queue messages come from. */
export const QUEUE = 'overblik.messages';

const PREFETCH = 20;
/** How long a message that failed waits before it is given back; twice as long after each failure. */
const PAUSE_MS = 200;
/** A message that fails this often for no known reason is set aside. */
const MAX_FAILURES = 5;

export interface BrokerParts extends MessageParts {
  readonly url: string;
  /** @returns the system of an id; null for none, undefined when nobody can say. */
  readonly systemById: (id: string) => Promise<DeliveringSystem | null | undefined>;
  readonly onMessage: (result: MessageResult['result'] | 'dead') => void;
  /** Called for lost connections and failures; gets nothing of a message. */
  readonly onTrouble: (error: unknown) => void;
}

/** Messages from RabbitMQ: acknowledged when what they led to is stored, set aside with the reason when they never can be. */
export class MessageBroker {
  readonly #connection: BrokerConnection;
  #channel: ConfirmChannel | undefined;
  readonly #failures = new LRUCache<string, number>({ max: 1000, ttl: 3_600_000 });
  readonly #working = new Set<Promise<void>>();

  constructor(readonly parts: BrokerParts) {
    this.#connection = new BrokerConnection({
      url: parts.url,
      listen: (connection) => this.#listen(connection),
      finish: () => Promise.allSettled([...this.#working]),
      onLost: () => (this.#channel = undefined),
      onTrouble: parts.onTrouble,
    });
  }

  get connected(): boolean {
    return this.#channel !== undefined;
  }

  /** Connects and goes on connecting; a broker that is away is no reason not to start. */
  start(): Promise<void> {
    return this.#connection.start();
  }

  /** Finishes what is being worked on, then goes. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** A channel that ends, or a consumer that the broker cancels, takes the connection with it: everything begins anew. */
  async #listen(connection: ChannelModel): Promise<void> {
    const endConnection = (): void => {
      if (this.#channel === channel) this.#channel = undefined;
      void connection.close().catch(() => undefined);
    };
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => this.parts.onTrouble(error));
    channel.on('close', endConnection);
    await openDeadLetters(channel);
    await channel.assertQueue(QUEUE, { durable: true });
    await channel.prefetch(PREFETCH);
    this.#channel = channel;
    const take = (message: ConsumeMessage | null) =>
      message === null ? endConnection() : this.#take(channel, message);
    await channel.consume(QUEUE, take, { noAck: false });
  }

  #take(channel: ConfirmChannel, message: ConsumeMessage): void {
    const work = this.#handle(channel, message).catch((error: unknown) => this.parts.onTrouble(error));
    this.#working.add(work);
    void work.finally(() => this.#working.delete(work));
  }

  async #handle(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
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

  async #setAside(channel: ConfirmChannel, message: ConsumeMessage, reason: string): Promise<void> {
    await setAside(channel, message, reason);
    this.parts.onMessage('dead');
  }

  /** A part that is away comes back: the message is given back after a pause. One that always fails is set aside. */
  async #later(channel: ConfirmChannel, message: ConsumeMessage, away: boolean): Promise<void> {
    const key = createHash('sha256').update(message.content).digest('base64url');
    // A part that does not answer says nothing of the message, however long it is away.
    const failures = (this.#failures.get(key) ?? 0) + (away ? 0 : 1);
    this.#failures.set(key, failures);
    if (failures >= MAX_FAILURES && message.fields.redelivered) {
      await this.#setAside(channel, message, 'could not be handled');
      channel.ack(message);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** failures));
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
