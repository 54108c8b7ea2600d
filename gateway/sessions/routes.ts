import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LiveSession } from '../../subgraphs/shared/ports/sessions.js';
import { attempt, type OnError, Refusal } from '../http/attempt.js';
import { wantsPage } from '../http/reader.js';
import type { ServiceProvider } from '../saml/service-provider.js';
import { calledBy, noCaller } from './caller.js';
import { isOwnPage } from './same-origin.js';
import type { SessionCaller, SessionKeeper } from './session-keeper.js';
import type { SignInLog } from './sign-in-log.js';
import { userWord } from './user-name.js';

/** The page that says that the user is signed out; `gateway/saml/logout-routes.ts` answers it. */
const SIGNED_OUT_PATH = '/saml/signed-out';

export interface SessionParts {
  readonly keeper: SessionKeeper;
  readonly service: ServiceProvider;
  readonly log: SignInLog;
  readonly publicUrl: () => string;
  readonly onError: OnError;
}

/** What the page does with its session: look when it ends, keep it alive, end it here or everywhere. */
export function installSessions(app: FastifyInstance, parts: SessionParts): void {
  const { keeper } = parts;
  app.get('/session', (request, reply) =>
    attempt(answersOf(parts), reply, async () => {
      return reply.send(shownOf((await calledBy(keeper, request)).live));
    }),
  );
  app.post('/session/refresh', (request, reply) =>
    ownPage(parts, request, reply, async () => {
      const rotation = await keeper.refresh(request, reply);
      if (rotation === 'ROTATED' || rotation === 'RECENT') return reply.code(204).send();
      keeper.forget(reply);
      throw new Refusal('SESSION_ENDED');
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

/** What a session's own browser is shown of it. */
const shownOf = ({ who, idleEndsAt, endsAt }: LiveSession) => ({
  authority: who.cvr,
  user: userWord(who),
  assurance: who.assurance,
  idleEndsAt,
  endsAt,
});

/** A script gets the address to go to; a form is sent there. */
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

/** Runs what the page asks for; another site's page gets nothing done. */
function ownPage(
  parts: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  return attempt(answersOf(parts), reply, (requestId) => {
    if (!isOwnPage(request, parts.publicUrl())) throw new Refusal('NOT_OWN_PAGE');
    return act(requestId);
  });
}

const answersOf = ({ onError }: SessionParts) => ({ onError, failed: 'INTERNAL', coded: true }) as const;

/** Signing out of a session that is over succeeds: the page says signed out; a script learns the reason. */
async function signingOut(
  { keeper }: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (caller: SessionCaller) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const answer = await keeper.callerOf(request);
  if ('caller' in answer) return act(answer.caller);
  if (!wantsPage(request)) throw noCaller(answer);
  keeper.forget(reply);
  return reply.redirect(SIGNED_OUT_PATH, 303);
}
