import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { JumpLook, JumpTarget } from '../../subgraphs/shared/ports/sessions.js';
import { JUMP_REFUSED, sendPage } from '../http/message-page.js';
import { clearCookie, readCookie, setCookie } from '../sessions/cookies.js';
import { hashSecret, newSecret } from '../sessions/secrets.js';
import type { SessionCaller } from '../sessions/session-keeper.js';
import type { ContextParts } from './parts.js';
import { boundTarget } from './target.js';

/** Time from the first arrival to the end of the sign-in (design.md §9). */
const PENDING_SECONDS = 600;
const CONTINUE = '/open/continue';

/** Why a jump is refused. The user gets one page whatever it was; the log gets the reason. */
type Refusal = { readonly refused: string; readonly cvr: string | null };

/**
 * Jumps in (design.md §9): a ticket or an encrypted link is used up on arrival and waits for its user, who may have to
 * sign in first. No address after the first one holds either.
 */
export function installOpen(app: FastifyInstance, parts: ContextParts): void {
  app.get<{ Querystring: Record<string, unknown> }>('/open', (request, reply) =>
    attempt(parts, reply, async (requestId) => {
      const { ticket, link } = request.query;
      const jump = newSecret();
      const look = await arrive(parts, ticket, link, jump);
      if ('refused' in look) return refuse(parts, reply, requestId, look);
      setCookie(reply, 'jump', jump, PENDING_SECONDS);
      const { cvr } = look.target;
      const answer = await parts.keeper.callerOf(request);
      const signIn = `/saml/login?${new URLSearchParams({ cvr, return: CONTINUE })}`;
      return reply.redirect('caller' in answer ? CONTINUE : signIn, 303);
    }),
  );
  app.get(CONTINUE, (request, reply) =>
    attempt(parts, reply, (requestId) => goOn(parts, request, reply, requestId)),
  );
}

async function arrive(
  parts: ContextParts,
  ticket: unknown,
  link: unknown,
  jump: string,
): Promise<JumpLook | Refusal> {
  const { access } = parts.ports;
  const now = parts.now();
  const until = new Date(now.getTime() + PENDING_SECONDS * 1000);
  if (typeof ticket === 'string' && ticket.length <= 100)
    return access.arrive(hashSecret(ticket), hashSecret(jump), until, now);
  const target = typeof link === 'string' ? await targetOfLink(parts, link) : undefined;
  if (!target) return { refused: link === undefined ? 'TICKET_UNKNOWN' : 'LINK_REFUSED', cvr: null };
  const own = hashSecret(newSecret());
  await access.keepTicket(own, target, until);
  return access.arrive(own, hashSecret(jump), until, now);
}

/** A link is signed for exactly this address, at most 60 seconds old, and used once: as every assertion of a system. */
async function targetOfLink(parts: ContextParts, link: string): Promise<JumpTarget | undefined> {
  const read = await parts.links?.read(link);
  if (!read) return undefined;
  const system = await parts.access.authenticateSystem(read.signed, `${parts.publicUrl()}/open`);
  if (!system) return undefined;
  const target = await boundTarget(parts.ports, system, read.asked);
  return 'rule' in target ? undefined : target;
}

async function goOn(
  parts: ContextParts,
  request: FastifyRequest,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const jump = readCookie(request, 'jump');
  if (jump === undefined) return refuse(parts, reply, requestId, { refused: 'TICKET_UNKNOWN', cvr: null });
  const answer = await parts.keeper.callerOf(request);
  if (!('caller' in answer))
    return reply.redirect(`/saml/login?${new URLSearchParams({ return: CONTINUE })}`, 303);
  const { caller } = answer;
  clearCookie(reply, 'jump');
  const look = await parts.ports.access.takeJump(hashSecret(jump), parts.now());
  if ('refused' in look) return refuse(parts, reply, requestId, look, caller);
  const { target } = look;
  const { cvr, subject } = caller.facts;
  if (target.cvr !== cvr) return refuse(parts, reply, requestId, { refused: 'OTHER_AUTHORITY', cvr }, caller);
  if (target.subject !== subject)
    return refuse(parts, reply, requestId, { refused: 'OTHER_USER', cvr }, caller);
  const { citizenId, caseId, purpose, source } = target;
  if (citizenId === null) return refuse(parts, reply, requestId, { refused: 'PERSON_UNKNOWN', cvr }, caller);
  await parts.log.note({
    event: 'jumped-in',
    requestId,
    cvr,
    user: subject,
    unit: caller.facts.unit,
    citizenId,
    purpose,
    objects: caseId === null ? [] : [caseId],
    criteria: [{ name: 'source', value: source }],
  });
  await parts.keeper.reach(caller.sid, citizenId);
  const words = new URLSearchParams({
    from: source,
    ...(caseId !== null && { case: caseId }),
    ...(purpose !== null && { purpose }),
  });
  return reply.redirect(`/citizens/${citizenId}?${words}`, 303);
}

async function refuse(
  { log }: ContextParts,
  reply: FastifyReply,
  requestId: string,
  { refused, cvr }: Refusal,
  caller?: SessionCaller,
): Promise<FastifyReply> {
  const user = caller && { user: caller.facts.subject, unit: caller.facts.unit };
  await log.note({ event: 'jumped-in', requestId, refused, cvr: cvr ?? caller?.facts.cvr ?? null, ...user });
  return sendPage(reply, { ...JUMP_REFUSED, requestId });
}

/** What fails is refused with the same page; nothing opens by a failure. */
export async function attempt(
  { isReady, onError }: Pick<ContextParts, 'isReady' | 'onError'>,
  reply: FastifyReply,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  try {
    if (isReady()) return await act(requestId);
  } catch (error) {
    onError(error, requestId);
  }
  return sendPage(reply, { ...JUMP_REFUSED, status: 503, requestId });
}
