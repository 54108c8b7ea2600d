import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { isSubgraphName } from '../../schema/subgraph-names.js';
import type { IngestPorts } from '../../subgraphs/shared/ports/ingest-port.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import type { AccessClient } from '../../gateway/auth/access-client.js';
import type { VerifyBearer } from '../../gateway/auth/bearer.js';
import { installDevelopmentRoutes } from '../../seed/development/routes.js';
import type { DevelopmentSite } from '../../seed/development/site.js';
import { KnownTopics } from '../../intake/feed/known-topics.js';
import { LookUps } from '../../gateway/http/people-first.js';
import { installFeed } from '../../intake/feed/route.js';
import type { AskReadiness } from '../../gateway/health/readiness.js';
import { installHealth } from '../../gateway/health/routes.js';
import { installEvents } from '../../gateway/events/route.js';
import { errorAnswer, installErrorAnswers } from '../../gateway/http/errors.js';
import { admitRequest } from '../../gateway/http/graphql-request.js';
import { graphqlHandler } from '../../gateway/http/graphql-answer.js';
import { refuse } from '../../gateway/http/refuse.js';
import { installMediaTypes } from '../../gateway/http/media-types.js';
import { installAddressLimit } from '../../gateway/limits/address-limit.js';
import type { LookUpLimit } from '../../gateway/limits/look-up-limit.js';
import { SystemLimit } from '../../gateway/limits/system-limit.js';
import { installMessages } from '../../intake/messages/route.js';
import { installContext } from '../../gateway/jumps/routes.js';
import type { JumpLinks } from '../../gateway/jumps/links.js';
import { installPage } from '../../gateway/page/route.js';
import { installSaml } from '../../gateway/saml/routes.js';
import type { ServiceProvider } from '../../gateway/saml/service-provider.js';
import { DoorLog } from '../../gateway/sessions/sign-in-log.js';
import { installSessions } from '../../gateway/sessions/routes.js';
import type { SessionKeeper } from '../../gateway/sessions/session-keeper.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import type { Metrics } from '../../gateway/metrics.js';
import { lookUpLimit } from '../../gateway/plugins/look-up-limit.js';
import { operationLimits } from '../../gateway/plugins/operation-limits.js';
import { OPERATION_LIMITS } from '../../gateway/plugins/operation-size.js';
import { installNotes } from '../../intake/notes/route.js';
import { durableLog } from '../../gateway/plugins/durable-log.js';
import { ownWords } from '../../gateway/plugins/own-words.js';
import type { GatewayContext } from '../../gateway/request-context.js';
import type { StoredOperations } from '../../gateway/stored-operations.js';
import { readJoinFields } from '../../gateway/supergraph/join-fields.js';
import { detailReader } from '../../gateway/transport/known-detail.js';
import { readRules } from '../../gateway/supergraph/rules.js';
import { subgraphDataSource } from '../../gateway/transport/data-source.js';
import type { Transports } from '../../gateway/transport/transport.js';

export interface GatewayParts {
  readonly supergraphSdl: string;
  readonly transports: Transports;
  readonly verify: VerifyBearer;
  readonly access: AccessClient;
  readonly operations: StoredOperations;
  /** Whether callers may run documents of their own beside the stored operations. */
  readonly anyOperation: boolean;
  readonly ready: AskReadiness;
  /** Whether first-start work (the seed) is done. */
  readonly isReady: () => boolean;
  readonly metrics: Metrics;
  /** Counts the look-ups of each user; undefined for none, in tests and benchmarks alone. */
  readonly lookUps: LookUpLimit | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly subgraphTimeoutMs: number;
  /** Undefined in production: nothing of it exists there. */
  readonly development: DevelopmentSite | undefined;
  /** How records enter the subgraphs. */
  readonly ports: IngestPorts;
  /** The address a source system's assertion must be for. */
  readonly feedAudience: string;
  readonly audit: Pick<AuditWriter, 'append'>;
  readonly service: ServiceProvider;
  readonly keeper: SessionKeeper;
  readonly links: JumpLinks | undefined;
  /** Where users reach Overblik; known once it listens. */
  readonly publicUrl: () => string;
  readonly jumpHosts: readonly string[];
  /** Proxies whose word for a caller's address is taken; with none it is the connection's own. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute. */
  readonly limits: { readonly perAddress: number; readonly perSystem: number };
}

const MAX_BODY_BYTES = 256 << 10;
const MAX_RECURSIVE_SELECTIONS = 2000;

/** Builds the gateway; it does not listen yet. */
export async function buildGateway(parts: GatewayParts): Promise<FastifyInstance> {
  const onError = (error: unknown, requestId: string) =>
    parts.logger.error({ requestId, error: loggable(error) }, 'request failed');
  const app = Fastify({
    // An address that cannot be read reaches no handler.
    frameworkErrors: errorAnswer(onError),
    bodyLimit: MAX_BODY_BYTES,
    keepAliveTimeout: 30_000,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
    trustProxy: parts.trustedProxies.length > 0 && [...parts.trustedProxies],
  });
  await app.register(cookie);
  await app.register(formbody);
  const providers = [
    ...new Set(parts.service.parts.providers.map(({ sloUrl, ssoUrl }) => new URL(sloUrl ?? ssoUrl).origin)),
  ];
  await app.register(helmet, {
    // No other site learns an address; our own forms say where they come from, which none does under `no-referrer`.
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      directives: {
        // Signing out leads on to the identity provider.
        'form-action': ["'self'", ...providers],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
      },
    },
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
  installErrorAnswers(app, onError);
  installMediaTypes(app);
  await installAddressLimit(app, {
    perMinute: parts.limits.perAddress,
    onRefused: () => parts.metrics.onRequest('TOO_MANY_REQUESTS'),
  });
  const systemLimit = new SystemLimit(parts.limits.perSystem);
  const apollo = await startApollo(app, parts);
  const lookUps = new LookUps();
  app.route({
    method: 'POST',
    url: '/graphql',
    onRequest: (_request, reply, done) => {
      reply.raw.once('close', lookUps.begin());
      done();
    },
    preHandler: admitRequest({ ...parts, onError, onRefused: (code) => parts.metrics.onRequest(code) }),
    handler: graphqlHandler(apollo, { onRun: () => parts.metrics.onRequest('run'), onError }),
  });
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '/graphql',
    handler: (_request, reply) => refuse(reply.header('allow', 'POST'), 'METHOD_NOT_ALLOWED', 'none'),
  });
  installFeed(app, {
    ...parts,
    topics: new KnownTopics(parts.ports),
    lookUps,
    systemLimit,
    onRecords: parts.metrics.onRecords,
    audience: parts.feedAudience,
    onError: (error, requestId) =>
      parts.logger.error({ requestId, error: loggable(error) }, 'a delivery was not stored'),
  });
  installMessages(app, {
    ...parts,
    systemLimit,
    audience: parts.feedAudience,
    onMessage: parts.metrics.onMessage,
    onError: (error, requestId) =>
      parts.logger.error({ requestId, error: loggable(error) }, 'a message was not dealt with'),
  });
  installNotes(app, {
    ...parts,
    systemLimit,
    audience: parts.feedAudience,
    onError: (error, requestId) =>
      parts.logger.error({ requestId, error: loggable(error) }, 'notes were not handed over'),
  });
  installEvents(app, {
    ...parts,
    onError: (error, requestId) =>
      parts.logger.warn({ requestId, error: loggable(error) }, 'a look for changed inboxes failed'),
  });
  await installDoors(app, { ...parts, systemLimit }, providers);
  installHealth(app, parts.ready);
  if (parts.development) await installDevelopmentRoutes(app, parts.development);
  app.addHook('onClose', () => apollo.stop());
  return app;
}

/** Sign-in, sessions and jumps, and the page behind them. */
async function installDoors(
  app: FastifyInstance,
  parts: GatewayParts & { readonly systemLimit: SystemLimit },
  formTargets: readonly string[],
): Promise<void> {
  const { ports, audit, now, logger } = parts;
  const log = new DoorLog(audit, now);
  app.addHook('onClose', () => log.close());
  const doors = {
    ...parts,
    log,
    audience: parts.feedAudience,
    doors: ports.access,
    citizens: ports.citizens,
    onExpired: (cvr: string | null) =>
      logger.error({ cvr }, 'the identity provider’s certificates have run out: renew SAML_PROVIDERS'),
    onError: (error: unknown, requestId: string) =>
      logger.error({ requestId, error: loggable(error) }, 'a door stayed shut'),
  };
  installSaml(app, doors);
  installSessions(app, doors);
  installContext(app, doors);
  await installPage(app, { ...doors, formTargets, hasSignIn: parts.service.parts.providers.length > 0 });
}

async function startApollo(app: FastifyInstance, parts: GatewayParts): Promise<ApolloServer<GatewayContext>> {
  const rules = readRules(parts.supergraphSdl);
  const readDetail = detailReader(parts.supergraphSdl);
  const gateway = new ApolloGateway({
    supergraphSdl: parts.supergraphSdl,
    buildService: ({ name }) => {
      if (!isSubgraphName(name)) throw new Error(`the supergraph names an unknown subgraph: ${name}`);
      const { subgraphTimeoutMs: timeoutMs, now, metrics, transports } = parts;
      return subgraphDataSource({
        transport: transports[name],
        timeoutMs,
        now,
        onCall: metrics.onCall,
        readDetail,
      });
    },
  });
  const apollo = new ApolloServer<GatewayContext>({
    gateway,
    introspection: parts.development !== undefined,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    status400ForVariableCoercionErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: OPERATION_LIMITS.tokens },
    maxRecursiveSelections: MAX_RECURSIVE_SELECTIONS,
    nodeEnv: 'production',
    // Printed for people by default, which costs more than the answer is worth.
    stringifyResult: (value) => JSON.stringify(value),
    logger: silentApolloLogger(parts.logger),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: app.server }),
      ApolloServerPluginLandingPageDisabled(),
      operationLimits({ rules, joinFields: readJoinFields(parts.supergraphSdl) }),
      ...(parts.lookUps ? [lookUpLimit(parts.lookUps, parts.now)] : []),
      durableLog(),
      ownWords({
        rules,
        explainInvalid: parts.development !== undefined,
        onInternal: (error, requestId) =>
          parts.logger.error({ requestId, error: loggable(error) }, 'an operation failed'),
        onBreach: (permissions, requestId) => {
          parts.metrics.onBreach();
          parts.logger.fatal(
            { requestId, permissions },
            'second lock: a guarded value reached a caller without a grant',
          );
        },
      }),
    ],
  });
  await apollo.start();
  return apollo;
}

/** Apollo's own messages may hold query texts and subgraph answers; only that something was said is kept. */
function silentApolloLogger(logger: Logger) {
  const note = (level: 'debug' | 'info' | 'warn' | 'error') => () =>
    logger.debug({ apollo: level }, 'Apollo logged a message');
  return { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
}
