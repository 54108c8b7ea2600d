import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { wantsPage } from '../http/reader.js';
import { refuse } from '../http/refuse.js';
import type { ServiceProvider } from '../saml/service-provider.js';
import { isOwnPage } from './same-origin.js';
import type { SessionCaller, SessionKeeper } from './session-keeper.js';
import type { DoorLog } from './sign-in-log.js';
import { userWord } from './user-name.js';

/** Where a user is told that she is signed out; `gateway/saml/logout-routes.ts` answers it. */
const SIGNED_OUT_PATH = '/saml/signed-out';

export interface SessionParts {
  readonly keeper: SessionKeeper;
  readonly service: ServiceProvider;
  readonly log: DoorLog;
  readonly publicUrl: () => string;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** What the page does with its session: look when it ends, keep it alive, end it here or everywhere. */
export function installSessions(app: FastifyInstance, parts: SessionParts): void {
  const { keeper } = parts;
  app.get('/session', (request, reply) =>
    asCaller(parts, request, reply, ({ live: { who, idleEndsAt, endsAt } }) =>
      reply.send({ authority: who.cvr, user: userWord(who), assurance: who.assurance, idleEndsAt, endsAt }),
    ),
  );
  app.post('/session/refresh', (request, reply) =>
    ownPage(parts, request, reply, async (requestId) => {
      const rotation = await keeper.refresh(request, reply);
      if (rotation === 'ROTATED' || rotation === 'RECENT') return reply.code(204).send();
      keeper.forget(reply);
      return refuse(reply, 'SESSION_ENDED', requestId);
    }),
  );
  app.post('/session/end', (request, reply) =>
    ownPage(parts, request, reply, (requestId) =>
      signingOut(parts, request, reply, async (caller) => {
        await keeper.end(reply, caller.sid);
        await noteEnd(parts, caller, requestId, 'signed-out');
        return goTo(request, reply, await logoutUrl(parts, caller));
      }),
    ),
  );
  app.post('/session/end-everywhere', (request, reply) =>
    ownPage(parts, request, reply, (requestId) =>
      signingOut(parts, request, reply, async (caller) => {
        const ended = await keeper.endAllOf(reply, caller.facts);
        await noteEnd(parts, caller, requestId, 'sessions-ended');
        return goTo(request, reply, await logoutUrl(parts, caller), ended);
      }),
    ),
  );
}

/** A script is told where to go; a form is sent there. */
function goTo(request: FastifyRequest, reply: FastifyReply, next: string, ended?: number): FastifyReply {
  if (wantsPage(request)) return reply.redirect(next, 303);
  return reply.send({ next, ...(ended !== undefined && { ended }) });
}

function noteEnd(
  { log }: SessionParts,
  { live: { who } }: SessionCaller,
  requestId: string,
  event: 'signed-out' | 'sessions-ended',
): Promise<void> {
  return log.note({ event, requestId, cvr: who.cvr, user: who.subject, unit: who.unit });
}

/** @returns where the browser goes next: to the identity provider when that takes part in single logout. */
async function logoutUrl({ service }: SessionParts, { live: { from } }: SessionCaller): Promise<string> {
  const provider = service.provider(from.provider);
  if (provider?.sloUrl === undefined) return SIGNED_OUT_PATH;
  const profile = {
    issuer: provider.entityId,
    nameID: from.nameId,
    nameIDFormat: from.nameIdFormat,
    ...(from.sessionIndex !== null && { sessionIndex: from.sessionIndex }),
  };
  return service.samlFor(provider).getLogoutUrlAsync(profile, '', {});
}

async function ownPage(
  parts: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  if (!isOwnPage(request, parts.publicUrl())) return refuse(reply, 'NOT_OWN_PAGE', requestId);
  return coded(parts, reply, requestId, () => act(requestId));
}

function asCaller(
  parts: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (caller: SessionCaller) => Promise<FastifyReply> | FastifyReply,
  instead: () => FastifyReply | undefined = () => undefined,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  return coded(parts, reply, requestId, async () => {
    const answer = await parts.keeper.callerOf(request);
    if ('caller' in answer) return act(answer.caller);
    const other = instead();
    if (other) return other;
    return refuse(reply, answer.ended === undefined ? 'UNAUTHENTICATED' : 'SESSION_ENDED', requestId);
  });
}

/** Whoever signs out of a session that is over already has what she asked for, and is told so; a script learns the reason. */
function signingOut(
  parts: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (caller: SessionCaller) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  return asCaller(parts, request, reply, act, () => {
    if (!wantsPage(request)) return undefined;
    parts.keeper.forget(reply);
    return reply.redirect(SIGNED_OUT_PATH, 303);
  });
}

async function coded(
  { onError }: SessionParts,
  reply: FastifyReply,
  requestId: string,
  act: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof GraphQLError) return refuse(reply, error.extensions['code'] as ErrorCode, requestId);
    onError(error, requestId);
    return refuse(reply, 'INTERNAL', requestId);
  }
}
