import { present } from '../../../subgraphs/shared/certain/present.js';
import type { Logger } from '../../../subgraphs/shared/settings/logger.js';
import type { WorkerPlace } from '../common-parts.js';
import { pauseBefore } from './pause.js';
import { Worker, type WorkerEnd } from './worker.js';
import { WorkerDidNotStart } from './worker-did-not-start.js';

/** One of the numbered places of a pool. */
interface Slot {
  readonly number: number;
  worker: Worker | undefined;
  /** Whether a worker of this number has ever answered: one that ends after that is replaced, one that ends before has a fault of its own. */
  hasAnswered: boolean;
  /** Milliseconds that were waited before this worker; 0 for none. */
  pause: number;
  timer: NodeJS.Timeout | undefined;
}

/** What the workers share beside their port. */
type Shared = Omit<WorkerPlace, 'number' | 'port'>;

export interface PoolParts {
  readonly count: number;
  /** The port of the settings; for 0 Node's cluster gives every worker the one it found for the first. */
  readonly port: number;
  readonly logger: Logger;
  /** Called with the address at which a worker answers: the same for all. */
  readonly onListening: (url: string) => void;
}

/** The workers of a gateway: started, started anew when they end, and stopped together. */
export class WorkerPool {
  /** How many were started in the place of one that ended. */
  replaced = 0;
  readonly #slots: readonly Slot[];
  #isStopping = false;

  constructor(private readonly parts: PoolParts) {
    this.#slots = Array.from({ length: parts.count }, (_none, i) => ({
      ...{ number: i + 1, worker: undefined, hasAnswered: false, pause: 0, timer: undefined },
    }));
  }

  /** @returns each number with its worker; undefined where it has ended */
  get workers(): readonly { readonly number: number; readonly worker: Worker | undefined }[] {
    return this.#slots;
  }

  /**
   * Starts the first worker, which does what is done once (it plants development's world, makes indexes, brings what an earlier version has
   * stored up to date), and then the others.
   * @throws WorkerDidNotStart when one of them ends before it answers
   */
  async start(shared: Shared): Promise<void> {
    const [first, ...others] = this.#slots;
    await this.#begin(present(first, 'the first worker'), shared);
    await Promise.all(others.map((slot) => this.#begin(slot, shared)));
  }

  /** Asks every worker to end, and waits until they have. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const ends = this.#slots.map(async ({ worker, timer }) => {
      clearTimeout(timer);
      worker?.stop();
      await worker?.ended;
    });
    await Promise.all(ends);
  }

  /** Ends every worker at once. */
  kill(): void {
    this.#isStopping = true;
    for (const { worker } of this.#slots) worker?.kill();
  }

  /** Resolves when the worker of a slot answers, or nobody is to answer any more. */
  #begin(slot: Slot, shared: Shared): Promise<void> {
    if (this.#isStopping) return Promise.resolve();
    const begunAt = performance.now();
    const worker = new Worker({ ...shared, number: slot.number, port: this.parts.port });
    slot.worker = worker;
    const listens = worker.listening.then((url) => this.parts.onListening(url));
    return new Promise((resolve, reject) => {
      void Promise.all([listens, worker.prepared]).then(() => {
        slot.hasAnswered = true;
        resolve();
      });
      void worker.ended.then((end) => {
        slot.worker = undefined;
        if (this.#isStopping) resolve();
        else if (slot.hasAnswered) this.#beginAnew(slot, shared, end, performance.now() - begunAt);
        else reject(new WorkerDidNotStart(end.code || 1));
      });
    });
  }

  #beginAnew(slot: Slot, shared: Shared, { code, signal }: WorkerEnd, ranMs: number): void {
    const { logger } = this.parts;
    slot.pause = pauseBefore(slot.pause, ranMs);
    logger.error(
      { worker: slot.number, code, signal, pauseMs: slot.pause },
      'worker ended: another one is started in its place; find out why it ended',
    );
    this.replaced++;
    // Whether this one answers is seen by readiness; should it end, the next one follows.
    slot.timer = setTimeout(() => void this.#begin(slot, shared), slot.pause);
  }
}
