import cluster, { type Worker as ClusterWorker } from 'node:cluster';
import type { WorkerPlace } from '../common-parts.js';
import type { Answers, FromWorker, Question, ToWorker } from './words.js';

/** How a worker ended: its exit code, or the signal that ended it. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process of the cluster, as the first process sees it. */
export class Worker {
  /** Resolves with where it answers; never when it ends before. */
  readonly listening: Promise<string>;
  /** Resolves when its first-start work is done; never when it ends before. */
  readonly prepared: Promise<void>;
  readonly ended: Promise<WorkerEnd>;
  readonly #process: ClusterWorker;
  readonly #asked = new Map<number, (answer: Answers[Question]) => void>();
  #questions = 0;

  constructor(place: WorkerPlace) {
    this.#process = cluster.fork();
    this.listening = this.#hear('listening').then(({ url }) => url);
    this.prepared = this.#hear('prepared').then(() => undefined);
    this.ended = new Promise((resolve) =>
      this.#process.once('exit', (code: number | null, signal: string | null) => resolve({ code, signal })),
    );
    this.#process.on('message', (message: FromWorker) => {
      if (message.kind === 'here') this.#say({ kind: 'begin', place });
      if (message.kind === 'answer') this.#asked.get(message.id)?.(message.answer);
    });
    // A message to a worker that is just ending fails: its end is what counts.
    this.#process.on('error', () => undefined);
  }

  /** @returns what the worker answers; undefined when it has not within so many milliseconds */
  ask<Q extends Question>(question: Q, withinMs: number): Promise<Answers[Q] | undefined> {
    const id = this.#questions++;
    return new Promise((resolve) => {
      const answered = (answer?: Answers[Question]): void => {
        clearTimeout(timer);
        this.#asked.delete(id);
        // cast: under the id of a question comes the answer to that question
        resolve(answer as Answers[Q] | undefined);
      };
      const timer = setTimeout(answered, withinMs);
      this.#asked.set(id, answered);
      this.#say({ kind: 'ask', id, question });
    });
  }

  stop(): void {
    this.#say({ kind: 'stop' });
  }

  /** Ends it at once. */
  kill(): void {
    this.#process.process.kill('SIGKILL');
  }

  #hear<K extends FromWorker['kind']>(kind: K): Promise<Extract<FromWorker, { readonly kind: K }>> {
    const isOfKind = (message: FromWorker): message is Extract<FromWorker, { readonly kind: K }> =>
      message.kind === kind;
    return new Promise((resolve) =>
      this.#process.on('message', (message: FromWorker) => {
        if (isOfKind(message)) resolve(message);
      }),
    );
  }

  #say(message: ToWorker): void {
    if (this.#process.isConnected()) this.#process.send(message);
  }
}
