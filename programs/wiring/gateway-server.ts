import type { ApolloServer } from '@apollo/server';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { installEvents } from '../../gateway/events/route.js';
import { installHealth } from '../../gateway/health/routes.js';
import type { OnError } from '../../gateway/http/attempt.js';
import { errorAnswer, installErrorAnswers } from '../../gateway/http/errors.js';
import { graphqlHandler } from '../../gateway/http/graphql-answer.js';
import { admitRequest } from '../../gateway/http/graphql-request.js';
import { LookUps } from '../../gateway/http/look-ups-first.js';
import { installMediaTypes } from '../../gateway/http/media-types.js';
import { refuse } from '../../gateway/http/refuse.js';
import {
  installRequestIds,
  newRequestId,
  numberUnread,
  type OnRefusedAnswer,
} from '../../gateway/http/request-id.js';
import { installContext } from '../../gateway/jumps/routes.js';
import { installAddressLimit } from '../../gateway/limits/address-limit.js';
import { OperationRoom } from '../../gateway/limits/operation-room.js';
import { SystemLimit } from '../../gateway/limits/system-limit.js';
import { installPage } from '../../gateway/page/route.js';
import type { GatewayContext } from '../../gateway/request-context.js';
import { installSaml } from '../../gateway/saml/routes.js';
import type { ServiceProvider } from '../../gateway/saml/service-provider.js';
import { installSessions } from '../../gateway/sessions/routes.js';
import { SignInLog } from '../../gateway/sessions/sign-in-log.js';
import { KnownTopics } from '../../intake/feed/known-topics.js';
import { installFeed } from '../../intake/feed/route.js';
import { installMessages } from '../../intake/messages/route.js';
import { installNotes } from '../../intake/notes/route.js';
import { installDevelopmentRoutes } from '../../seed/development/routes.js';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { loggable } from '../../subgraphs/shared/settings/logger.js';
import { startApollo } from './apollo.js';
import type { GatewayParts } from './gateway-parts.js';

const MAX_BODY_BYTES = 256 << 10;

/** Builds the gateway; it does not listen yet. */
export async function buildGateway(parts: GatewayParts): Promise<FastifyInstance> {
  const onError: OnError = (error, requestId) =>
    parts.logger.error(
      { requestId, error: loggable(error) },
      'HTTP request failed: read error and the other lines of the same requestId',
    );
  const onRefused: OnRefusedAnswer = (answer) => parts.logger.info(answer, 'request refused');
  const app = createApp(parts, onError, onRefused);
  installRequestIds(app, onRefused);
  const formTargets = providerOrigins(parts.service);
  await installManners(app, formTargets);
  installErrorAnswers(app, onError);
  installMediaTypes(app);
  await installAddressLimit(app, {
    perMinute: parts.limits.perAddress,
    onRefused: () => parts.metrics.onRequest('TOO_MANY_REQUESTS'),
  });
  const systemLimit = new SystemLimit(parts.limits.perSystem);
  const apollo = await startApollo(app, parts);
  const lookUps = new LookUps();
  installGraphql(app, apollo, parts, { lookUps, onError });
  installIntake(app, parts, { lookUps, systemLimit });
  installEvents(app, {
    ...parts,
    onError: (error, requestId) =>
      parts.logger.warn(
        failure(error, requestId),
        'changes of inboxes could not be read: the next attempt follows by itself; check the alerts subgraph',
      ),
  });
  await installSignIn(app, { ...parts, systemLimit }, formTargets);
  installHealth(app, parts.ready);
  if (parts.development) await installDevelopmentRoutes(app, parts.development);
  app.addHook('onClose', () => apollo.stop());
  return app;
}

function createApp(
  { trustedProxies }: GatewayParts,
  onError: OnError,
  onRefused: OnRefusedAnswer,
): FastifyInstance {
  const answer = errorAnswer(onError);
  return Fastify({
    genReqId: newRequestId,
    // An address that cannot be read reaches no handler.
    frameworkErrors: (error, request, reply) => {
      numberUnread(reply, onRefused);
      answer(error, request, reply);
    },
    bodyLimit: MAX_BODY_BYTES,
    keepAliveTimeout: 30_000,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  });
}

/** @returns where signing out leads on to: the identity providers. */
function providerOrigins({ parts: { providers } }: ServiceProvider): string[] {
  return [...new Set(providers.map(({ sloUrl, ssoUrl }) => new URL(sloUrl ?? ssoUrl).origin))];
}

/** What holds for every answer: what a page may load and send to, and that nobody keeps it. */
async function installManners(app: FastifyInstance, formTargets: readonly string[]): Promise<void> {
  await app.register(cookie);
  await app.register(formbody);
  await app.register(helmet, {
    // No other site learns an address; our own forms say where they come from, which none does under `no-referrer`.
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      directives: {
        'form-action': ["'self'", ...formTargets],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
      },
    },
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
}

function installGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  parts: GatewayParts,
  { lookUps, onError }: { readonly lookUps: LookUps; readonly onError: OnError },
): void {
  const onRefused = (code: ErrorCode) => parts.metrics.onRequest(code);
  const room = new OperationRoom(parts.limits.operationsAtOnce);
  app.route({
    method: 'POST',
    url: '/graphql',
    onRequest: (_request, reply, done) => {
      reply.raw.once('close', lookUps.begin());
      done();
    },
    preHandler: admitRequest({ ...parts, room, onError, onRefused }),
    handler: graphqlHandler(apollo, { onRun: () => parts.metrics.onRequest('run'), onError }),
  });
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '/graphql',
    handler: (_request, reply) => refuse(reply.header('allow', 'POST'), 'METHOD_NOT_ALLOWED'),
  });
}

/** What a log line says of a request that failed. */
const failure = (error: unknown, requestId: string) => ({ requestId, error: loggable(error) });

/** What source systems send and fetch. */
function installIntake(
  app: FastifyInstance,
  parts: GatewayParts,
  { lookUps, systemLimit }: { readonly lookUps: LookUps; readonly systemLimit: SystemLimit },
): void {
  const common = { ...parts, systemLimit, audience: parts.feedAudience };
  const { logger } = parts;
  installFeed(app, {
    ...common,
    topics: new KnownTopics(parts.ports),
    lookUps,
    onRecords: parts.metrics.onRecords,
    onError: (error: unknown, requestId: string) =>
      logger.error(
        failure(error, requestId),
        'delivery was not stored: the source system sends it again; check the subgraphs and the store',
      ),
  });
  installMessages(app, {
    ...common,
    onMessage: parts.metrics.onMessage,
    onError: (error: unknown, requestId: string) =>
      logger.error(
        failure(error, requestId),
        'message was not handled: its sender sends it again; check the subgraphs and the store',
      ),
  });
  installNotes(app, {
    ...common,
    onError: (error: unknown, requestId: string) =>
      logger.error(
        failure(error, requestId),
        'notes were not handed over: the source system fetches them again; check the cases subgraph',
      ),
  });
}

/** Sign-in, sessions and jumps, and the page behind them. */
async function installSignIn(
  app: FastifyInstance,
  parts: GatewayParts & { readonly systemLimit: SystemLimit },
  formTargets: readonly string[],
): Promise<void> {
  const { ports, audit, now, logger } = parts;
  const log = new SignInLog(audit, now);
  app.addHook('onClose', () => log.close());
  const signIn = {
    ...parts,
    log,
    audience: parts.feedAudience,
    sessions: ports.access,
    citizens: ports.citizens,
    onExpired: (cvr: string | null) =>
      logger.error(
        { cvr },
        'certificates of the identity provider have expired: renew them in SAML_PROVIDERS',
      ),
    onError: (error: unknown, requestId: string) =>
      logger.error(
        failure(error, requestId),
        'sign-in, session or page request failed: read error and check the access subgraph',
      ),
  };
  installSaml(app, signIn);
  installSessions(app, signIn);
  installContext(app, signIn);
  await installPage(app, { ...signIn, formTargets, hasSignIn: parts.service.parts.providers.length > 0 });
}
