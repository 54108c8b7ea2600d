import { type ChannelModel, connect } from 'amqplib';

const CONNECT_MS = 5000;
const BACKOFF_MS = { first: 200, most: 15_000 } as const;

export interface BrokerConnectionParts {
  readonly url: string;
  /** Sets up what a new connection is for; a failure closes it and another is tried. */
  readonly listen: (connection: ChannelModel) => Promise<void>;
  /** Finishes what is being worked on before the connection is ended. */
  readonly finish: () => Promise<unknown>;
  /** Called when what was set up is gone. */
  readonly onLost: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/** One connection to the message broker at a time, opened anew after a growing pause whenever it ends. */
export class BrokerConnection {
  #current: ChannelModel | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;
  #backoff: number = BACKOFF_MS.first;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly parts: BrokerConnectionParts) {}

  /** Connects and goes on connecting; a broker that is away is no reason not to start. */
  start(): Promise<void> {
    if (this.#closed || this.#current) return Promise.resolve();
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  /** Opens no other connection, and ends the one there is or is being opened. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#opening;
    await this.parts.finish();
    await this.#current?.close().catch(() => undefined);
  }

  async #open(): Promise<void> {
    try {
      const connection = await connect(this.parts.url, { timeout: CONNECT_MS });
      connection.on('error', this.parts.onTrouble);
      // A connection says that it has ended when another may be there already.
      connection.on('close', () => this.#lost(connection));
      this.#current = connection;
      await this.parts.listen(connection);
      this.#backoff = BACKOFF_MS.first;
    } catch (error) {
      this.parts.onTrouble(error);
      const failed = this.#current;
      this.#current = undefined;
      this.parts.onLost();
      await failed?.close().catch(() => undefined);
      this.#again();
    }
  }

  #lost(connection: ChannelModel): void {
    if (connection !== this.#current) return;
    this.#current = undefined;
    this.parts.onLost();
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.start(), this.#backoff);
    this.#timer.unref();
    this.#backoff = Math.min(this.#backoff * 2, BACKOFF_MS.most);
  }
}
