import { progressBar } from '../../../seed/progress.js';
import { exitOnFailure } from '../../exit-on-failure.js';
import type { GatewaySettings } from '../../settings.js';
import type { StartOptions, WorkerPlace } from '../common-parts.js';
import { type GatewayProcess, startGatewayProcess } from '../gateway-process.js';
import { stopAtSignal } from '../until-signal.js';
import type { FromWorker, Question, ToWorker } from './words.js';

type WorkerOptions = Pick<StartOptions, 'limitLookUps'>;

/**
 * One of several processes that answer on a gateway's port: a gateway that gets its place from the first process, which asks it for readiness
 * and metrics and stops it. Without that one it ends, as Node's cluster does it.
 */
export function runWorker(settings: GatewaySettings, options: WorkerOptions = {}): void {
  let running: GatewayProcess | undefined;
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'begin')
      void exitOnFailure(async () => {
        running = await startWorker(settings, message.place, options);
        await announce(running);
      });
    else if (message.kind === 'stop') stop(running);
    else if (running) void answer(running, message.id, message.question);
  });
  say({ kind: 'here' });
}

async function startWorker(
  settings: GatewaySettings,
  worker: WorkerPlace,
  options: WorkerOptions,
): Promise<GatewayProcess> {
  const bar = progressBar('Making Korsbæk and two more municipalities');
  const running = await startGatewayProcess(settings, {
    ...options,
    onSeedProgress: bar.update,
    worker,
  });
  // Whoever signals the whole group reaches the workers as well; the first process asks once more, which changes nothing.
  stopAtSignal(() => running.close());
  void running.prepared.then(bar.end, bar.end);
  return running;
}

async function announce(running: GatewayProcess): Promise<void> {
  say({ kind: 'listening', url: running.url });
  await running.prepared;
  say({ kind: 'prepared' });
}

/** One that has not begun has nothing open that an end would break. */
function stop(running: GatewayProcess | undefined): void {
  if (!running) process.exit(0);
  void running.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

async function answer({ ready, metrics }: GatewayProcess, id: number, question: Question): Promise<void> {
  const given = question === 'readiness' ? await ready() : await metrics.registry.getMetricsAsJSON();
  say({ kind: 'answer', id, answer: given });
}

function say(message: FromWorker): void {
  process.send?.(message);
}
