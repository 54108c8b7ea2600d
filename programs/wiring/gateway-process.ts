import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type AskReadiness, askReadiness } from '../../gateway/health/readiness.js';
import { LookUpLimit } from '../../gateway/limits/look-up-limit.js';
import type { Metrics } from '../../gateway/metrics.js';
import { runsAnyOperation, storeOperations } from '../../gateway/stored-operations.js';
import { readSchemaFile, SCHEMA_DIRECTORY } from '../../schema/sdl.js';
import { EXAMPLES } from '../../seed/development/examples.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import type { DirectoryStory } from '../../seed/development/site.js';
import type { OpenStore } from '../../store/open.js';
import { listenAt, listenShared } from '../../subgraphs/shared/settings/listen.js';
import { createLogger, loggable } from '../../subgraphs/shared/settings/logger.js';
import { modeOf, requireSecrets } from '../mode.js';
import type { GatewaySettings } from '../settings.js';
import { verifierOf } from './bearer.js';
import { startBroker } from './broker.js';
import {
  type CommonParts,
  type Given,
  processName,
  startCommonParts,
  type StartOptions,
} from './common-parts.js';
import { checksOf } from './connect-subgraphs.js';
import { developmentIssuer } from './development.js';
import type { GatewayParts } from './gateway-parts.js';
import { buildGateway } from './gateway-server.js';
import { startHousekeeping } from './housekeeping.js';
import { startOperations } from './operations.js';
import { OwnAddress } from './own-address.js';
import { type StartPart, startParts } from './parts.js';
import { openSignIn, type SignIn } from './sign-in.js';
import { storedProviders } from './stored-providers.js';

/** A running gateway, with or without subgraphs in the same process. */
export interface GatewayProcess {
  readonly app: FastifyInstance;
  readonly url: string;
  /** Where the development identity provider answers; undefined in production. */
  readonly identityProviderUrl: string | undefined;
  /** Where metrics and the reasons of readiness are answered. */
  readonly operationsUrl: string;
  readonly store: OpenStore;
  /** Readiness and metrics of this process. */
  readonly ready: AskReadiness;
  readonly metrics: Metrics;
  readonly stories: () => readonly DirectoryStory[];
  /** First-start work, if any; resolves when the gateway is ready. */
  readonly prepared: Promise<void>;
  close(): Promise<void>;
}

/** Starts everything the settings ask for. Listens at once; answers when the first-start work is done. */
export async function startGatewayProcess(
  settings: GatewaySettings,
  options: StartOptions,
): Promise<GatewayProcess> {
  requireSecrets(settings);
  const production = modeOf(settings) === 'production';
  const logger = createLogger(processName(options.worker), settings.LOG_LEVEL, options.logTo);
  const { parts, stop } = await startParts(
    (start) => startInOrder(start, { settings, options, logger, production }),
    (error, part) =>
      logger.error(
        { part, error: loggable(error) },
        'part did not stop: the process ends without it; read part and error',
      ),
  );
  return { ...parts, close: stop };
}

/** Every part uses only those above it; they stop from the last to the first. */
async function startInOrder(start: StartPart, given: Given): Promise<Omit<GatewayProcess, 'close'>> {
  const { settings, options } = given;
  const base = await startCommonParts(start, given);
  const { now, access, metrics, ports, firstStart, store } = base;
  const address = new OwnAddress(settings.PUBLIC_URL);
  const publicUrl = () => address.url;
  const stored = await storedProviders(settings, store);
  const signIn = await start(
    'sign-in',
    () =>
      openSignIn(settings, {
        ...{ keys: base.keys, access: ports.access, stored, publicUrl, now },
        developmentUrl: options.worker?.identityProviderUrl,
      }),
    (open) => open.close(),
  );
  const ready = askReadiness(checksOf(base.transports, store, access), () => firstStart.isDone);
  const operations = { ready, registry: metrics.registry };
  const operationsUrl = options.worker?.operationsUrl ?? (await startOperations(start, settings, operations));
  const parts = await gatewayParts(given, base, { signIn, publicUrl, ready, operationsUrl });
  const app = await start(
    'gateway',
    () => buildGateway(parts),
    (server) => server.close(),
  );
  const { url } = await listen(app, given);
  address.listening(url);
  const prepared = firstStart.begin();
  await startByItself(start, given, base, prepared);
  const { developmentUrl: identityProviderUrl } = signIn;
  const stories = () => firstStart.stories;
  return { app, url, identityProviderUrl, operationsUrl, store, ready, metrics, stories, prepared };
}

/** Starts what a gateway does without being asked. */
async function startByItself(
  start: StartPart,
  { settings, logger }: Given,
  { ports, access, metrics, now }: CommonParts,
  prepared: Promise<void>,
): Promise<void> {
  await start(
    'housekeeping',
    () => startHousekeeping(ports, (id) => access.systemById(id), prepared, now, logger),
    (housekeeping) => housekeeping.stop(),
  );
  await start(
    'broker',
    () => startBroker(settings, { ports, access, metrics, prepared, now, logger }),
    (broker) => broker?.close(),
  );
}

/** A worker shares the port with the others; a gateway alone makes sure that nobody else has it. */
function listen(app: FastifyInstance, { settings, options }: Given) {
  const { HOST: host, PORT: port } = settings;
  const place = { host, setting: 'PORT' };
  return options.worker
    ? listenShared(app, { ...place, port: options.worker.port })
    : listenAt(app, { ...place, named: port, usual: port });
}

interface Opened {
  readonly signIn: SignIn;
  readonly publicUrl: () => string;
  readonly ready: AskReadiness;
  readonly operationsUrl: string;
}

/** @returns what the gateway is built from. */
async function gatewayParts(
  { settings, options, logger, production }: Given,
  { now, audit, firstStart, transports, metrics, ports, access }: CommonParts,
  { signIn: { service, keeper, links }, publicUrl, ready, operationsUrl }: Opened,
): Promise<GatewayParts> {
  const issuer = production ? undefined : await developmentIssuer(settings);
  const { providers } = service.parts;
  return {
    ...{ access, keeper, links, logger, metrics, now, ports, publicUrl, ready, service, transports },
    audit: audit.writer,
    jumpHosts: settings.JUMP_HOSTS,
    trustedProxies: settings.TRUSTED_PROXIES,
    lookUps: (options.limitLookUps ?? true) ? new LookUpLimit(ports.access, now) : undefined,
    limits: {
      perAddress: settings.ADDRESS_REQUESTS_PER_MINUTE,
      perSystem: settings.SYSTEM_REQUESTS_PER_MINUTE,
      operationsAtOnce: settings.OPERATIONS_AT_ONCE,
    },
    supergraphSdl: readSchemaFile('supergraph.graphql'),
    verify: verifierOf(settings, issuer, { audit: audit.writer, providers, now }),
    operations: storeOperations(operationTexts()),
    anyOperation: runsAnyOperation(settings.GRAPHQL_OPERATIONS, production),
    isReady: () => firstStart.isDone,
    subgraphTimeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    development: issuer && {
      signIns: SIGN_INS,
      stories: firstStart.stories,
      examples: EXAMPLES,
      operationsUrl: () => operationsUrl,
    },
    feedAudience: settings.FEED_AUDIENCE,
  };
}

function operationTexts(): string[] {
  const directory = join(SCHEMA_DIRECTORY, 'operations');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readSchemaFile(`operations/${file}`));
}
