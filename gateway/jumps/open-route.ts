import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { JumpTarget, SpentJump } from '../../subgraphs/shared/ports/sessions.js';
import { attempt } from '../http/attempt.js';
import { sendPage } from '../http/message-page.js';
import { JUMP_REFUSED } from '../http/messages.js';
import { flowOf, flowsOf, holdFlow, isFlowKey, newFlow } from '../sessions/flows.js';
import { hashSecret } from '../sessions/secrets.js';
import type { SessionCaller } from '../sessions/session-keeper.js';
import { arrive, type Asked, type Refusal } from './arrivals.js';
import { type ContextParts, jumpAnswers } from './parts.js';

/** Time from the first arrival to the end of the sign-in. */
const PENDING_SECONDS = 600;
/** A double click sends a second request before the first answer has brought its cookie; on a slow line it takes seconds. */
const DOUBLE_CLICK_MS = 10_000;
const CONTINUE = '/open/continue';

/** A request on its way through a jump. */
interface Arriving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly requestId: string;
  /** Undefined when nobody is signed in. */
  readonly caller: SessionCaller | undefined;
}

/**
 * Jumps in: a ticket or an encrypted link is used up on arrival and waits for its user, who may have to
 * sign in first. No address after the first one holds either: it names the jump, and only the browser that came with the
 * ticket can take that up. Several at once do not touch each other.
 */
export function installOpen(app: FastifyInstance, parts: ContextParts): void {
  app.get<{ Querystring: Partial<Asked> }>('/open', (request, reply) =>
    attempt(jumpAnswers(parts), reply, async (requestId) => {
      const caller = await callerOf(parts, request);
      return begin(parts, { request, reply, requestId, caller }, request.query);
    }),
  );
  app.get<{ Querystring: { jump?: unknown } }>(CONTINUE, (request, reply) =>
    attempt(jumpAnswers(parts), reply, async (requestId) => {
      const caller = await callerOf(parts, request);
      return goOn(parts, { request, reply, requestId, caller }, request.query.jump);
    }),
  );
}

async function callerOf(
  { keeper }: ContextParts,
  request: FastifyRequest,
): Promise<SessionCaller | undefined> {
  const answer = await keeper.callerOf(request);
  return 'caller' in answer ? answer.caller : undefined;
}

async function begin(
  parts: ContextParts,
  arriving: Arriving,
  { ticket, link }: Partial<Asked>,
): Promise<FastifyReply> {
  const { request, reply, caller } = arriving;
  const now = parts.now();
  const flow = newFlow(randomBytes(8).toString('hex'), now);
  const until = new Date(now.getTime() + PENDING_SECONDS * 1000);
  const pending = { jump: hashSecret(flow.secret), until, hasSession: caller !== undefined };
  const arrival = await arrive(parts, { ticket, link }, pending);
  if ('target' in arrival) {
    holdFlow({ request, reply }, 'jump', flow, PENDING_SECONDS);
    return leadOn(reply, caller, flow.key, arrival.target);
  }
  const { spent } = arrival;
  if (spent && caller) return comeAgain(parts, arriving, arrival, spent.target);
  // The browser that came first comes again before its user has signed in, in another tab perhaps: it is one jump.
  const first = flowsOf(request, 'jump').find(({ secret }) => hashSecret(secret) === spent?.jump);
  if (!spent || !(first ?? (await joins(parts, spent, pending)))) return refuse(parts, arriving, arrival);
  if (!first) holdFlow({ request, reply }, 'jump', flow, PENDING_SECONDS);
  await note(parts, arriving, { refused: arrival.refused, target: spent.target });
  return leadOn(reply, caller, (first ?? flow).key, spent.target);
}

/**
 * Whether a link that was used a moment ago is opened once more: it waits beside the first, for the same user. Whoever else
 * has the link signs in as somebody else, and is refused then.
 */
async function joins(
  { ports }: ContextParts,
  { ticket }: SpentJump,
  { jump, until }: { readonly jump: string; readonly until: Date },
): Promise<boolean> {
  return (await ports.access.arriveBeside(ticket, jump, until, DOUBLE_CLICK_MS)) !== null;
}

/** To where the jump is taken up, by the sign-in when nobody is signed in. */
function leadOn(
  reply: FastifyReply,
  caller: SessionCaller | undefined,
  key: string,
  target?: Pick<JumpTarget, 'cvr'>,
): FastifyReply {
  const next = `${CONTINUE}?${new URLSearchParams({ jump: key })}`;
  const signIn = new URLSearchParams({ ...(target && { cvr: target.cvr }), return: next });
  return reply.redirect(caller ? next : `/saml/login?${signIn}`, 303);
}

async function goOn(parts: ContextParts, arriving: Arriving, key: unknown): Promise<FastifyReply> {
  const { request, reply, caller } = arriving;
  const flow = isFlowKey(key) ? flowOf(request, 'jump', key) : undefined;
  if (!flow) return refuse(parts, arriving, { refused: 'TICKET_UNKNOWN', cvr: null });
  if (!caller) return leadOn(reply, caller, flow.key);
  const jump = hashSecret(flow.secret);
  const look = await parts.ports.access.takeJump(jump, parts.now());
  if ('refused' in look) {
    const spent = look.refused === 'TICKET_REPLAYED' ? await parts.ports.access.spentJump(jump) : null;
    return spent ? comeAgain(parts, arriving, look, spent.target) : refuse(parts, arriving, look);
  }
  const { target } = look;
  const { facts } = caller;
  const refused = notFor(target, caller);
  if (refused) return refuse(parts, arriving, { refused, cvr: facts.cvr });
  await note(parts, arriving, { target });
  await parts.keeper.reach(
    reply,
    caller,
    present(target.citizenId, 'the person of a jump that was not refused'),
  );
  return reply.redirect(landing(target), 303);
}

/**
 * A ticket, link or jump that has been used gives nothing a second time, and that is recorded; its own user goes on to
 * where it led, with the user's rights.
 */
async function comeAgain(
  parts: ContextParts,
  arriving: Arriving & { readonly caller: SessionCaller | undefined },
  { refused }: Refusal,
  target: JumpTarget,
): Promise<FastifyReply> {
  const { caller, reply } = arriving;
  if (!caller || notFor(target, caller)) return refuse(parts, arriving, { refused, cvr: target.cvr });
  await note(parts, arriving, { refused, target });
  return reply.redirect(landing(target), 303);
}

/** @returns why a jump is not this caller's. */
function notFor(
  { cvr, subject, citizenId }: JumpTarget,
  { facts }: SessionCaller,
): Refusal['refused'] | undefined {
  if (cvr !== facts.cvr) return 'OTHER_AUTHORITY';
  if (subject !== facts.subject) return 'OTHER_USER';
  return citizenId === null ? 'PERSON_UNKNOWN' : undefined;
}

/** @returns the person's page, with the case opened. */
function landing({ citizenId, caseId, purpose, source }: JumpTarget): string {
  const words = new URLSearchParams({
    from: source,
    ...(caseId !== null && { case: caseId }),
    ...(purpose !== null && { purpose }),
  });
  return `/citizens/${citizenId}?${words}`;
}

/** Records a jump of the caller's own, or one that a browser has brought before. */
function note(
  { log }: ContextParts,
  { requestId, caller }: Arriving,
  { target, refused }: { readonly target: JumpTarget; readonly refused?: Refusal['refused'] },
): Promise<void> {
  const { cvr, citizenId, caseId, purpose, source } = target;
  const user = caller && { user: caller.facts.subject, unit: caller.facts.unit };
  return log.note({
    event: 'jumped-in',
    requestId,
    cvr,
    ...user,
    citizenId,
    purpose,
    objects: caseId === null ? [] : [caseId],
    criteria: [{ name: 'source', value: source }],
    ...(refused !== undefined && { refused }),
  });
}

async function refuse(
  { log }: ContextParts,
  { reply, requestId, caller }: Arriving,
  { refused, cvr }: Refusal,
): Promise<FastifyReply> {
  const user = caller && { user: caller.facts.subject, unit: caller.facts.unit };
  await log.note({ event: 'jumped-in', requestId, refused, cvr: cvr ?? caller?.facts.cvr ?? null, ...user });
  return sendPage(reply, JUMP_REFUSED);
}
