import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { operationsServer } from '../../gateway/health/operations-server.js';
import { type AskReadiness, askReadiness } from '../../gateway/health/readiness.js';
import { LookUpLimit } from '../../gateway/limits/look-up-limit.js';
import { runsAnyOperation, storeOperations } from '../../gateway/stored-operations.js';
import { readSchemaFile, SCHEMA_DIRECTORY } from '../../schema/sdl.js';
import { EXAMPLES } from '../../seed/development/examples.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import type { DirectoryStory } from '../../seed/development/site.js';
import type { OpenStore } from '../../store/open.js';
import { listenAt } from '../../subgraphs/shared/settings/listen.js';
import { createLogger, loggable } from '../../subgraphs/shared/settings/logger.js';
import { modeOf, productionDemands } from '../mode.js';
import {
  type GatewaySettings,
  productionProblems,
  secretProblems,
  USUAL_OPERATIONS_PORT,
} from '../settings.js';
import { verifierOf } from './bearer.js';
import { startBroker } from './broker.js';
import { type CommonParts, type Given, startCommonParts, type StartOptions } from './common-parts.js';
import { checksOf } from './connect-subgraphs.js';
import { developmentIssuer } from './development.js';
import type { GatewayParts } from './gateway-parts.js';
import { buildGateway } from './gateway-server.js';
import { startHousekeeping } from './housekeeping.js';
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
  const production = modeOf(settings) === 'production';
  if (production && secretProblems(settings).length > 0)
    throw productionDemands(settings, productionProblems(settings));
  const logger = createLogger('gateway', settings.LOG_LEVEL, options.logTo);
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
  const { settings, logger } = given;
  const base = await startCommonParts(start, given);
  const { now, access, metrics, ports, firstStart, store } = base;
  const address = new OwnAddress(settings.PUBLIC_URL);
  const publicUrl = () => address.url;
  const stored = await storedProviders(settings, store);
  const signIn = await start(
    'sign-in',
    () => openSignIn(settings, { keys: base.keys, access: ports.access, stored, publicUrl, now }),
    (open) => open.close(),
  );
  const { ready, operationsUrl } = await startOperations(start, given, base);
  const parts = await gatewayParts(given, base, { signIn, publicUrl, ready, operationsUrl });
  const app = await start(
    'gateway',
    () => buildGateway(parts),
    (server) => server.close(),
  );
  const { HOST: host, PORT: port } = settings;
  const { url } = await listenAt(app, { host, named: port, usual: port, setting: 'PORT' });
  address.listening(url);
  const prepared = firstStart.begin();
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
  const { developmentUrl: identityProviderUrl } = signIn;
  const stories = () => firstStart.stories;
  return { app, url, identityProviderUrl, operationsUrl, store, stories, prepared };
}

/** Starts what operators watch the gateway by. */
async function startOperations(
  start: StartPart,
  { settings, production }: Given,
  { transports, store, access, firstStart, metrics }: CommonParts,
): Promise<{ readonly ready: AskReadiness; readonly operationsUrl: string }> {
  const ready = askReadiness(checksOf(transports, store, access), () => firstStart.isDone);
  const operations = await start(
    'operations',
    () => operationsServer({ ready, registry: metrics.registry }),
    (server) => server.close(),
  );
  return { ready, operationsUrl: await listenForOperations(operations, settings, production) };
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

function operationTexts(): string[] {
  const directory = join(SCHEMA_DIRECTORY, 'operations');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readSchemaFile(`operations/${file}`));
}
