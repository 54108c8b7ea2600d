import { createLogger, loggable, type Logger } from '../../../subgraphs/shared/settings/logger.js';
import { modeOf, requireSecrets } from '../../mode.js';
import type { GatewaySettings } from '../../settings.js';
import { FirstStart } from '../first-start.js';
import { openGatewayStore } from '../gateway-store.js';
import { startOperations } from '../operations.js';
import { OwnAddress } from '../own-address.js';
import { type StartPart, startParts } from '../parts.js';
import { startProviderAlone } from '../sign-in.js';
import { metricsOf, readinessOf } from './all-answers.js';
import { WorkerPool } from './worker-pool.js';

/** The process that keeps what its workers share: the embedded store, the operations port, development's identity provider. */
export interface FirstProcess {
  /** Where the workers answer; empty until the first one does. */
  readonly url: string;
  readonly operationsUrl: string;
  readonly identityProviderUrl: string | undefined;
  /** Resolves when every worker answers. Rejects with WorkerDidNotStart */
  readonly prepared: Promise<void>;
  close(): Promise<void>;
}

/** Starts a gateway as several processes on one port over one store (WORKERS). */
export async function startFirstProcess(settings: GatewaySettings): Promise<FirstProcess> {
  requireSecrets(settings);
  const logger = createLogger('gateway', settings.LOG_LEVEL);
  const address = new OwnAddress(undefined);
  const { parts, stop } = await startParts(
    (start) => startInOrder(start, settings, address, logger),
    (error, part) =>
      logger.error(
        { part, error: loggable(error) },
        'part did not stop: the process ends without it; read part and error',
      ),
  );
  return {
    ...parts,
    get url() {
      return address.url;
    },
    close: stop,
  };
}

async function startInOrder(
  start: StartPart,
  settings: GatewaySettings,
  address: OwnAddress,
  logger: Logger,
): Promise<Omit<FirstProcess, 'url' | 'close'>> {
  const store = await start(
    'store',
    () => (settings.MONGODB_URI === undefined ? openGatewayStore(settings, logger) : undefined),
    (open) => open?.close(),
  );
  const provider = await start(
    'identity provider',
    () => startProvider(settings, address),
    (open) => open?.close(),
  );
  const pool = await start(
    'workers',
    () => newPool(settings, address, logger),
    (started) => started.stop(),
  );
  const operations = { ready: readinessOf(pool), registry: metricsOf(pool) };
  const operationsUrl = await startOperations(start, settings, operations);
  const identityProviderUrl = provider?.url;
  const firstStart = new FirstStart(store ?? NO_STORE, async () => {
    await pool.start({ operationsUrl, identityProviderUrl });
    // A worker plants through this process's store, and does not say whether it did.
    return { stories: [], planted: true };
  });
  return { operationsUrl, identityProviderUrl, prepared: firstStart.begin() };
}

/** With MongoDB the workers connect by themselves. */
const NO_STORE = { releaseMemory: () => undefined };

function startProvider(settings: GatewaySettings, address: OwnAddress) {
  if (modeOf(settings) === 'production') return undefined;
  const publicUrl = () => settings.PUBLIC_URL ?? address.url;
  return startProviderAlone(settings, { publicUrl, now: () => new Date() });
}

function newPool(
  { WORKERS: count, PORT: port }: GatewaySettings,
  address: OwnAddress,
  logger: Logger,
): WorkerPool {
  const pool = new WorkerPool({ count, port, logger, onListening: (url) => address.listening(url) });
  // However this process ends, no worker stays behind; one that is killed has its workers ended by Node.
  process.on('exit', () => pool.kill());
  return pool;
}
