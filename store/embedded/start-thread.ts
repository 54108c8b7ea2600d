import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type EmbeddedServer, type EmbeddedServerOptions, uriOf } from './server.js';
import type { SlowSearch } from './slow-search.js';

/** What the thread says. */
export type FromThread =
  | { readonly listening: true; readonly broughtOver: number | undefined }
  | { readonly failure: string }
  | { readonly slow: SlowSearch };

export type ToThread = 'release-memory' | 'close';

/** New objects of the store live briefly; half of V8's own size keeps an idle process small. */
const YOUNG_GENERATION_MB = 24;

/** A thread runs what is built, also when what starts it runs from source. */
const BESIDE = join(import.meta.dirname, 'thread.js');
const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'store', 'embedded', 'thread.js');

export interface StoreThread extends Omit<EmbeddedServer, 'engine'> {
  /** Gives back what the thread's heap held only for a while. */
  releaseMemory(): void;
}

/**
 * Starts the embedded store on a thread of its own: what a request computes and what the store computes run beside each
 * other, and a large delivery does not hold the gateway's loop. The driver reaches it by a socket as it reaches MongoDB.
 * Rejects when the data file cannot be opened. A thread that ends by itself is reported to `onError`; nobody answers then.
 */
export async function startStoreThread({
  onError,
  onSlow,
  ...options
}: EmbeddedServerOptions): Promise<StoreThread> {
  const thread = new Worker(existsSync(BESIDE) ? BESIDE : BUILT, {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const tell = (message: ToThread): void => thread.postMessage(message);
  const broughtOver = await new Promise<number | undefined>((resolve, reject) => {
    thread.once('error', reject);
    thread.on('message', (message: FromThread) => {
      if ('listening' in message) resolve(message.broughtOver);
      else if ('failure' in message) onError(new Error(message.failure));
      else onSlow?.(message.slow);
    });
  });
  thread.removeAllListeners('error');
  thread.on('error', onError);
  let closing = false;
  thread.on('exit', () => {
    if (!closing) onError(new Error('the thread of the embedded store has ended'));
  });
  return {
    uri: uriOf(options.socket),
    broughtOver,
    releaseMemory: () => tell('release-memory'),
    async close() {
      closing = true;
      const closed = once(thread, 'exit');
      tell('close');
      await closed;
    },
  };
}
