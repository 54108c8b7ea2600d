import type { FastifyInstance } from 'fastify';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessClient } from '../../gateway/auth/access-client.js';
import type { DirectoryStory } from '../../seed/development/site.js';
import { watchSources } from '../../intake/feed/source-metrics.js';
import { remotePorts } from '../../gateway/transport/remote-ports.js';
import { askReadiness } from '../../gateway/health/readiness.js';
import { operationsServer } from '../../gateway/health/operations-server.js';
import { modeOf, productionDemands } from '../mode.js';
import { LookUpLimit } from '../../gateway/limits/look-up-limit.js';
import { createMetrics } from '../../gateway/metrics.js';
import { buildGateway } from './gateway-server.js';
import { USUAL_OPERATIONS_PORT, productionProblems, type GatewaySettings } from '../settings.js';
import { runsAnyOperation, storeOperations } from '../../gateway/stored-operations.js';
import type { SubgraphTransport, Transports } from '../../gateway/transport/transport.js';
import { SCHEMA_DIRECTORY, readSchemaFile } from '../../schema/sdl.js';
import { EXAMPLES } from '../../seed/development/examples.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { openStore, type OpenStore } from '../../store/open.js';
import { toStoreSettings } from '../../store/settings.js';
import { developmentKeys, type Keys } from '../../subgraphs/shared/settings/keys.js';
import {
  createLogger,
  loggable,
  type LogDestination,
  type Logger,
} from '../../subgraphs/shared/settings/logger.js';
import { listenAt } from '../../subgraphs/shared/settings/listen.js';
import { anchorFileOf, openAudit, type OpenAudit } from './audit.js';
import { verifierOf } from './bearer.js';
import { startBroker } from './broker.js';
import { checksOf, closeTransports, connectSubgraphs } from './connect-subgraphs.js';
import { developmentIssuer, prepare, takeStore } from './development.js';
import { openDoors } from './sign-in.js';
import { FirstStart } from './first-start.js';
import { startRounds } from './housekeeping.js';
import { OwnAddress } from './own-address.js';
import { startParts, type StartPart } from './parts.js';

/** A running gateway, with or without subgraphs in the same process. */
export interface GatewayProcess {
  readonly app: FastifyInstance;
  readonly url: string;
  /** Where the development identity provider answers; undefined in production. */
  readonly identityProviderUrl: string | undefined;
  /** Where metrics and the reasons of readiness are told. */
  readonly operationsUrl: string;
  readonly store: OpenStore;
  readonly stories: () => readonly DirectoryStory[];
  /** First-start work, if any; resolves when the gateway is ready. */
  readonly prepared: Promise<void>;
  close(): Promise<void>;
}

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
  /** Lets a benchmark time the store's commands. */
  readonly monitorStore?: boolean;
}

/** Starts everything the settings ask for. Listens at once; answers when the first-start work is done. */
export async function startGatewayProcess(
  settings: GatewaySettings,
  options: StartOptions,
): Promise<GatewayProcess> {
  const production = modeOf(settings) === 'production';
  const problems = production ? productionProblems(settings) : [];
  if (problems.length > 0) throw productionDemands(settings, problems);
  const logger = createLogger('gateway', settings.LOG_LEVEL, options.logTo);
  const { parts, stop } = await startParts(
    (start) => startInOrder(start, { settings, options, logger, production }),
    (error, part) => logger.error({ part, error: loggable(error) }, 'a part could not be stopped'),
  );
  return { ...parts, close: stop };
}

interface Given {
  readonly settings: GatewaySettings;
  readonly options: StartOptions;
  readonly logger: Logger;
  readonly production: boolean;
}

/** Every part uses only those above it; they stop from the last to the first. */
async function startInOrder(
  start: StartPart,
  { settings, options, logger, production }: Given,
): Promise<Omit<GatewayProcess, 'close'>> {
  const now = options.now ?? (() => new Date());
  const keys = await keysOf(settings);
  const store = await start(
    'store',
    () => openProcessStore(settings, options, logger),
    (open) => open.close(),
  );
  await takeStore(store, settings, now(), logger);
  const audit = await start(
    'audit',
    () => openProcessAudit(settings, keys, store, logger),
    (open) => open.close(),
  );
  const firstStart = await start(
    'first start',
    () => new FirstStart(store, () => prepare(settings, store, options.onSeedProgress, now)),
    (work) => work.settled(),
  );
  const transports = await start(
    'subgraphs',
    () => connectSubgraphs({ settings, keys, store, audit, logger, now, wrap: options.wrapTransport }),
    closeTransports,
  );
  const metrics = createMetrics();
  const ports = remotePorts(transports, now);
  watchSources(metrics.registry, ports);
  const access = await start(
    'access',
    () => startedAccess(transports, now, options),
    (client) => client.stop(),
  );
  const address = new OwnAddress(settings.PUBLIC_URL);
  const publicUrl = () => address.url;
  const doors = await start(
    'doors',
    () => openDoors(settings, { keys, access: ports.access, publicUrl, now }),
    (open) => open.close(),
  );
  const isReady = () => firstStart.isDone;
  const ready = askReadiness(checksOf(transports, store, access), isReady);
  const operations = await start(
    'operations',
    () => operationsServer({ ready, registry: metrics.registry }),
    (server) => server.close(),
  );
  const operationsUrl = await listenForOperations(operations, settings, production);
  const issuer = production ? undefined : await developmentIssuer(settings);
  const { service, keeper, links } = doors;
  const app = await start(
    'gateway',
    () =>
      buildGateway({
        audit: audit.writer,
        publicUrl,
        jumpHosts: settings.JUMP_HOSTS,
        trustedProxies: settings.TRUSTED_PROXIES,
        lookUps: (options.limitLookUps ?? true) ? new LookUpLimit(ports.access, now) : undefined,
        limits: {
          perAddress: settings.ADDRESS_REQUESTS_PER_MINUTE,
          perSystem: settings.SYSTEM_REQUESTS_PER_MINUTE,
        },
        service,
        keeper,
        links,
        supergraphSdl: readSchemaFile('supergraph.graphql'),
        transports,
        verify: verifierOf(settings, issuer, {
          audit: audit.writer,
          providers: service.parts.providers,
          now,
        }),
        access,
        operations: storeOperations(operationTexts()),
        anyOperation: runsAnyOperation(settings.GRAPHQL_OPERATIONS, production),
        ready,
        isReady,
        metrics,
        logger,
        now,
        subgraphTimeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
        development: issuer && {
          signIns: SIGN_INS,
          stories: firstStart.stories,
          examples: EXAMPLES,
          operationsUrl: () => operationsUrl,
        },
        ports,
        feedAudience: settings.FEED_AUDIENCE,
      }),
    (server) => server.close(),
  );
  const { HOST: host, PORT: port } = settings;
  const { url } = await listenAt(app, { host, named: port, usual: port, setting: 'PORT' });
  address.listening(url);
  const prepared = firstStart.begin();
  await start(
    'rounds',
    () => startRounds(ports, (id) => access.systemById(id), prepared, now, logger),
    (rounds) => rounds.stop(),
  );
  await start(
    'broker',
    () => startBroker(settings, { ports, access, metrics, prepared, now, logger }),
    (broker) => broker?.close(),
  );
  return {
    app,
    url,
    identityProviderUrl: doors.developmentUrl,
    operationsUrl,
    store,
    stories: () => firstStart.stories,
    prepared,
  };
}

function openProcessStore(
  settings: GatewaySettings,
  { monitorStore = false }: StartOptions,
  logger: Logger,
): Promise<OpenStore> {
  return openStore(
    toStoreSettings(settings),
    (error) => logger.error({ error: loggable(error) }, 'embedded store'),
    { monitorCommands: monitorStore },
  );
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

/** Production is watched at a known port; a development start stands beside others. */
async function listenForOperations(
  operations: FastifyInstance,
  settings: GatewaySettings,
  production: boolean,
): Promise<string> {
  const { OPERATIONS_HOST: host, OPERATIONS_PORT: given } = settings;
  const named = given ?? (production ? USUAL_OPERATIONS_PORT : undefined);
  return (
    await listenAt(operations, { host, named, usual: USUAL_OPERATIONS_PORT, setting: 'OPERATIONS_PORT' })
  ).url;
}

async function keysOf(settings: GatewaySettings): Promise<Keys> {
  const { INTERNAL_SIGNING_KEY: internal, AUDIT_SIGNING_KEY: audit, CURSOR_KEY: cursor } = settings;
  if (internal && audit && cursor) return { internal, audit, cursor };
  // Production never gets here without all three: productionProblems stopped it.
  const made = await developmentKeys(settings.DATA_DIR);
  return { internal: internal ?? made.internal, audit: audit ?? made.audit, cursor: cursor ?? made.cursor };
}

function openProcessAudit(
  settings: GatewaySettings,
  keys: Keys,
  store: OpenStore,
  logger: Logger,
): Promise<OpenAudit> {
  return openAudit(
    store,
    {
      process: 'gateway',
      key: keys.audit,
      trustedKeys: settings.AUDIT_VERIFY_KEYS,
      mongodbUri: settings.AUDIT_MONGODB_URI,
      anchorFile: anchorFileOf(settings),
    },
    logger,
  );
}

function operationTexts(): string[] {
  const directory = join(SCHEMA_DIRECTORY, 'operations');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readSchemaFile(`operations/${file}`));
}
