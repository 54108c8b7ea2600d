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
import {
  USUAL_OPERATIONS_PORT,
  productionProblems,
  subgraphUrls,
  type GatewaySettings,
} from '../settings.js';
import { runsAnyOperation, storeOperations } from '../../gateway/stored-operations.js';
import { httpTransport } from '../../gateway/transport/http.js';
import { inProcessTransport } from '../../gateway/transport/in-process.js';
import type { SubgraphTransport, Transports } from '../../gateway/transport/transport.js';
import { SCHEMA_DIRECTORY, readSchemaFile } from '../../schema/sdl.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/subgraph-names.js';
import { EXAMPLES } from '../../seed/development/examples.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { openStore, type OpenStore } from '../../store/open.js';
import { releaseMemory } from '../../store/release-memory.js';
import { toStoreSettings } from '../../store/settings.js';
import { identitySigner } from '../../subgraphs/shared/identity/signature.js';
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
import { developmentIssuer, prepare, takeStore } from './development.js';
import { openDoors } from './sign-in.js';
import { startRounds } from './housekeeping.js';
import { buildSubgraphs } from './subgraphs.js';

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
  /** Where log lines go; standard output when left out. */
  readonly logTo?: LogDestination;
  /** Lets a benchmark time the store's commands. */
  readonly monitorStore?: boolean;
}

/** The seed's last batch is garbage only once everything that awaited it has returned; V8 gives pages back late. */
const RELEASE_AFTER_MS = [2000, 4000, 8000];

/** Starts everything the settings ask for. Listens at once; answers when the first-start work is done. */
export async function startGatewayProcess(
  settings: GatewaySettings,
  options: StartOptions,
): Promise<GatewayProcess> {
  const production = modeOf(settings) === 'production';
  const problems = production ? productionProblems(settings) : [];
  if (problems.length > 0) throw productionDemands(settings, problems);
  const logger = createLogger('gateway', settings.LOG_LEVEL, options.logTo);
  const now = options.now ?? (() => new Date());
  const keys = await keysOf(settings);
  const store = await openStore(
    toStoreSettings(settings),
    (error) => logger.error({ error: loggable(error) }, 'embedded store'),
    { monitorCommands: options.monitorStore ?? false },
  );
  await takeStore(store, settings, now(), logger);
  const audit = await openProcessAudit(settings, keys, store, logger);
  const transports = await connectSubgraphs(settings, keys, store, audit, logger, now, options.wrapTransport);
  const issuer = production ? undefined : await developmentIssuer(settings);
  const state: { ready: boolean; stories: DirectoryStory[] } = { ready: false, stories: [] };
  const metrics = createMetrics();
  const ports = remotePorts(transports, now);
  watchSources(metrics.registry, ports);
  const access = new AccessClient(transports.access, now);
  access.start();
  const place: { url?: string; operations?: string } = {};
  const publicUrl = () => settings.PUBLIC_URL ?? place.url ?? '';
  const doors = await openDoors(settings, { keys, access: ports.access, publicUrl, now });
  const ready = askReadiness(checksOf(transports, store, access), () => state.ready);
  const operations = operationsServer({ ready, registry: metrics.registry });
  const app = await buildGateway({
    audit: audit.writer,
    publicUrl,
    jumpHosts: settings.JUMP_HOSTS,
    trustedProxies: settings.TRUSTED_PROXIES,
    lookUps: (options.limitLookUps ?? true) ? new LookUpLimit(ports.access, now) : undefined,
    limits: {
      perAddress: settings.ADDRESS_REQUESTS_PER_MINUTE,
      perSystem: settings.SYSTEM_REQUESTS_PER_MINUTE,
    },
    service: doors.service,
    keeper: doors.keeper,
    links: doors.links,
    supergraphSdl: readSchemaFile('supergraph.graphql'),
    transports,
    verify: verifierOf(settings, issuer, {
      audit: audit.writer,
      providers: doors.service.parts.providers,
      now,
    }),
    access,
    operations: storeOperations(operationTexts()),
    anyOperation: runsAnyOperation(settings.GRAPHQL_OPERATIONS, production),
    ready,
    isReady: () => state.ready,
    metrics,
    logger,
    now,
    subgraphTimeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    development: issuer && {
      signIns: SIGN_INS,
      stories: state.stories,
      examples: EXAMPLES,
      operationsUrl: () => place.operations ?? '',
    },
    ports,
    feedAudience: settings.FEED_AUDIENCE,
  });
  const operationsUrl = await listenForOperations(operations, settings, production);
  place.operations = operationsUrl;
  const { url } = await listenAt(app, {
    host: settings.HOST,
    named: settings.PORT,
    usual: settings.PORT,
    setting: 'PORT',
  });
  place.url = url;
  const prepared = prepare(settings, store, options.onSeedProgress, now).then((stories) => {
    state.stories.push(...stories);
    state.ready = true;
    for (const delay of RELEASE_AFTER_MS) setTimeout(() => release(store), delay).unref();
  });
  const rounds = startRounds(ports, (id) => access.systemById(id), prepared, now, logger);
  const broker = startBroker(settings, { ports, access, metrics, prepared, now, logger });
  return {
    app,
    url,
    identityProviderUrl: doors.developmentUrl,
    operationsUrl,
    store,
    stories: () => state.stories,
    prepared,
    async close() {
      access.stop();
      rounds.stop();
      await broker?.close();
      await app.close();
      await operations.close();
      await doors.close();
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
      await prepared.catch(() => undefined);
      await audit.close();
      await store.close();
    },
  };
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

function release(store: OpenStore): void {
  releaseMemory();
  store.releaseMemory();
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

async function connectSubgraphs(
  settings: GatewaySettings,
  keys: Keys,
  store: OpenStore,
  audit: OpenAudit,
  logger: Logger,
  now: () => Date,
  wrap: (transport: SubgraphTransport) => SubgraphTransport = (transport) => transport,
): Promise<Transports> {
  const urls = subgraphUrls(settings);
  const local = SUBGRAPH_NAMES.filter((name) => urls[name] === undefined);
  const onError = (error: unknown, requestId: string) =>
    logger.error({ requestId, error: loggable(error) }, 'a subgraph met an error');
  const built =
    local.length === 0
      ? undefined
      : await buildSubgraphs(store, {
          audit: audit.writer,
          auditTrust: audit.trust,
          cursorKey: keys.cursor,
          verifyIdentity: undefined,
          now,
          onError,
        });
  const sign = await identitySigner(keys.internal);
  const transportOf = (name: SubgraphName): SubgraphTransport => {
    const url = urls[name];
    return wrap(url === undefined ? inProcessTransport(name, built![name]) : httpTransport(name, url, sign));
  };
  return Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, transportOf(name)])) as Record<
    SubgraphName,
    SubgraphTransport
  >;
}

function operationTexts(): string[] {
  const directory = join(SCHEMA_DIRECTORY, 'operations');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readSchemaFile(`operations/${file}`));
}

/** A section's subgraph may be down; the store, persons' rights and the log may not. */
function checksOf(transports: Transports, store: OpenStore, access: AccessClient) {
  const pings = (name: SubgraphName) => () => access.reaches(transports[name]);
  return [
    {
      name: 'store',
      required: true,
      check: async () => (await store.client.db('admin').command({ ping: 1 }))['ok'] === 1,
    },
    ...SUBGRAPH_NAMES.map((name) => ({ name, required: name === 'access', check: pings(name) })),
  ];
}
