import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import { readUuid } from '../../subgraphs/shared/scalars/uuid.js';
import { attempt } from '../http/attempt.js';
import { type MessagePage, sendPage } from '../http/message-page.js';
import { CASE_GONE, NO_JUMP } from '../http/messages.js';
import type { SessionCaller } from '../sessions/session-keeper.js';
import { withDeadline } from '../transport/transport.js';
import { type ContextParts, jumpAnswers } from './parts.js';

const QUERY = 'query JumpOut($id: ID!) { case(id: $id) { id sourceSystem { code name } } }';
const answerShape = z.object({
  case: z
    .object({ id: z.string(), sourceSystem: z.object({ code: z.string(), name: z.string() }) })
    .nullable(),
});
const TIMEOUT_MS = 5000;

/**
 * `GET /jump/CASE`: opens a case in its own system, at the address the authority has approved and on a host the operator
 * allows; never at one a record brings. Recorded before the browser leaves.
 */
export function installJumpOut(app: FastifyInstance, parts: ContextParts): void {
  app.get<{ Params: { caseId: string } }>('/jump/:caseId', (request, reply) =>
    attempt(jumpAnswers(parts), reply, (requestId) => jumpOut(parts, request, reply, requestId)),
  );
}

async function jumpOut(
  parts: ContextParts,
  request: FastifyRequest<{ Params: { caseId: string } }>,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const caseId = readUuid(request.params.caseId);
  const answer = await parts.keeper.callerOf(request);
  if (caseId === undefined) return sendPage(reply, CASE_GONE);
  if (!('caller' in answer))
    return reply.redirect(`/saml/login?${new URLSearchParams({ return: `/jump/${caseId}` })}`, 303);
  const { caller } = answer;
  const refuse = async (refused: string, page: MessagePage, source?: string): Promise<FastifyReply> => {
    await note(parts, caller, requestId, { caseId, source, refused });
    return sendPage(reply, page);
  };
  const found = await caseAs(parts, caller, caseId, requestId);
  if (!found) return refuse('CASE_GONE', CASE_GONE);
  const { code } = found.sourceSystem;
  const template = await parts.ports.access.jumpTemplate(caller.facts.cvr, code, parts.now());
  if (template === null) return refuse('SYSTEM_UNKNOWN', NO_JUMP, code);
  const url = addressOf(template, found.id);
  if (!parts.jumpHosts.includes(url.host)) return refuse('HOST_NOT_ALLOWED', NO_JUMP, code);
  await note(parts, caller, requestId, { caseId, source: code });
  return reply.header('referrer-policy', 'no-referrer').redirect(url.href, 303);
}

/** @returns where a template leads for a case. */
export function addressOf(template: string, caseId: string): URL {
  return new URL(template.replace('{caseId}', encodeURIComponent(caseId)));
}

interface WayOut {
  readonly caseId: string;
  /** The system that the case lives in, once the case has been found. */
  readonly source: string | undefined;
  /** Why the browser stays. */
  readonly refused?: string;
}

function note(
  { log }: ContextParts,
  { facts }: SessionCaller,
  requestId: string,
  { caseId, source, refused }: WayOut,
): Promise<void> {
  return log.note({
    event: 'jumped-out',
    requestId,
    cvr: facts.cvr,
    user: facts.subject,
    unit: facts.unit,
    objects: [caseId],
    criteria: source === undefined ? [] : [{ name: 'source', value: source }],
    ...(refused !== undefined && { refused }),
  });
}

/** @returns the case as the caller may see it, or null; the look-up is decided and recorded as any other. */
async function caseAs(
  { access, transports, now }: ContextParts,
  { facts }: SessionCaller,
  id: string,
  requestId: string,
): Promise<z.infer<typeof answerShape>['case']> {
  const body = { query: QUERY, operationName: 'JumpOut', variables: { id } };
  const caller = await access.resolve(facts, requestId);
  const identity = mintIdentity(
    {
      kind: 'caller',
      audience: 'cases',
      caller,
      purpose: null,
      lookupId: null,
      requestId,
      operationName: 'JumpOut',
      body,
    },
    now(),
  );
  const answer = await withDeadline('cases', TIMEOUT_MS, (signal) =>
    transports.cases.execute(body, identity, signal),
  );
  if (answer.errors) throw new Error('the case could not be read');
  return answerShape.parse(answer.data).case;
}
