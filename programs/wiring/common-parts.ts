import { AccessClient } from '../../gateway/auth/access-client.js';
import { createMetrics, type Metrics } from '../../gateway/metrics.js';
import { remotePorts } from '../../gateway/transport/remote-ports.js';
import type { SubgraphTransport, Transports } from '../../gateway/transport/transport.js';
import { watchSources } from '../../intake/feed/source-metrics.js';
import type { OpenStore } from '../../store/open.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { developmentKeys, type Keys } from '../../subgraphs/shared/settings/keys.js';
import type { LogDestination, Logger } from '../../subgraphs/shared/settings/logger.js';
import type { GatewaySettings } from '../settings.js';
import { anchorFileOf, type OpenAudit, openAudit } from './audit.js';
import { closeTransports, connectSubgraphs } from './connect-subgraphs.js';
import { prepare, takeStore } from './development.js';
import { FirstStart } from './first-start.js';
import { openGatewayStore } from './gateway-store.js';
import type { StartPart } from './parts.js';
import { watchStore } from './store-metrics.js';

export interface StartOptions {
  readonly onSeedProgress: (citizens: number, total: number) => void;
  /** Lets a test stand between the gateway and a subgraph. */
  readonly wrapTransport?: (transport: SubgraphTransport) => SubgraphTransport;
  readonly now?: () => Date;
  /** False lets one user of a test or benchmark look up without end. */
  readonly limitLookUps?: boolean;
  /** Lets a test on a loaded machine wait longer for the access subgraph. */
  readonly accessTimeoutMs?: number;
  /** Where log lines go; standard output when left out. */
  readonly logTo?: LogDestination;
  /** Set in a worker of a cluster. */
  readonly worker?: WorkerPlace;
  /** Lets a benchmark time the store's commands. */
  readonly monitorStore?: boolean;
}

/** What the first process of a cluster tells a worker: what it has started once for all of them, and the worker's place among them. */
export interface WorkerPlace {
  /** From 1; the worker that is started in the place of one that ended has its number. */
  readonly number: number;
  /** The port the workers share, as it stands in the settings. */
  readonly port: number;
  readonly operationsUrl: string;
  /** Where the development identity provider answers; undefined in production. */
  readonly identityProviderUrl: string | undefined;
}

/** What a start was asked for. */
export interface Given {
  readonly settings: GatewaySettings;
  readonly options: StartOptions;
  readonly logger: Logger;
  readonly production: boolean;
}

/** What the gateway's own parts stand on. */
export interface CommonParts {
  readonly now: () => Date;
  readonly keys: Keys;
  readonly store: OpenStore;
  readonly audit: OpenAudit;
  readonly firstStart: FirstStart;
  readonly transports: Transports;
  readonly metrics: Metrics;
  readonly ports: SubgraphPorts;
  readonly access: AccessClient;
}

/** Starts the store, the log, the subgraphs and what asks them. */
export async function startCommonParts(start: StartPart, given: Given): Promise<CommonParts> {
  const { settings, options, logger } = given;
  const now = options.now ?? (() => new Date());
  const keys = await keysOf(settings);
  const store = await start(
    'store',
    () => openGatewayStore(settings, logger, options.monitorStore),
    (open) => open.close(),
  );
  await takeStore(store, settings, now(), logger);
  const audit = await start(
    'audit',
    () => openProcessAudit(given, keys, store),
    (open) => open.close(),
  );
  const firstStart = await start(
    'first start',
    () => new FirstStart(store, () => prepare(settings, store, options.onSeedProgress, now)),
    (work) => work.stop(),
  );
  const transports = await start(
    'subgraphs',
    () => connectSubgraphs({ settings, keys, store, audit, logger, now, wrap: options.wrapTransport }),
    closeTransports,
  );
  const metrics = createMetrics();
  const ports = remotePorts(transports, now);
  watchSources(metrics.registry, ports);
  watchStore(metrics.registry, store.client);
  const access = await start(
    'access',
    () => startedAccess(transports, now, options),
    (client) => client.stop(),
  );
  return { now, keys, store, audit, firstStart, transports, metrics, ports, access };
}

function startedAccess(
  transports: Transports,
  now: () => Date,
  { accessTimeoutMs }: StartOptions,
): AccessClient {
  const access = new AccessClient(transports.access, now, { timeoutMs: accessTimeoutMs });
  access.start();
  return access;
}

async function keysOf(settings: GatewaySettings): Promise<Keys> {
  const { INTERNAL_SIGNING_KEY: internal, AUDIT_SIGNING_KEY: audit, CURSOR_KEY: cursor } = settings;
  if (internal && audit && cursor) return { internal, audit, cursor };
  // Production never gets here without all three: productionProblems stopped it.
  const made = await developmentKeys(settings.DATA_DIR);
  return { internal: internal ?? made.internal, audit: audit ?? made.audit, cursor: cursor ?? made.cursor };
}

/** @returns what a gateway's process is called in its log lines and in the look-up log; each worker has a name of its own */
export function processName(worker: WorkerPlace | undefined): string {
  return worker ? `gateway-${worker.number}` : 'gateway';
}

function openProcessAudit(
  { settings, options, logger }: Given,
  keys: Keys,
  store: OpenStore,
): Promise<OpenAudit> {
  return openAudit(
    store,
    {
      process: processName(options.worker),
      key: keys.audit,
      trustedKeys: settings.AUDIT_VERIFY_KEYS,
      mongodbUri: settings.AUDIT_MONGODB_URI,
      anchorFile: anchorFileOf(settings),
    },
    logger,
  );
}
