import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../http/refuse.js';
import { addressOf } from './jump-out-route.js';
import type { ContextParts } from './parts.js';

/** Any id will do: the host of an address does not depend on the case. */
const ANY_CASE = '00000000-0000-4000-8000-000000000000';

/**
 * `GET /jump/systems`: the codes of the systems whose cases the caller can open from here, so that the page offers the way
 * out where there is one and nowhere else. What it says decides nothing: `GET /jump/CASE` asks anew.
 */
export function installJumpSystems(app: FastifyInstance, parts: ContextParts): void {
  app.get('/jump/systems', async (request, reply) => {
    const requestId = randomUUID();
    try {
      if (!parts.isReady()) return await refuse(reply, 'ACCESS_UNAVAILABLE', requestId);
      return await jumpSystems(parts, request, reply, requestId);
    } catch (error) {
      parts.onError(error, requestId);
      return refuse(reply, 'ACCESS_UNAVAILABLE', requestId);
    }
  });
}

async function jumpSystems(
  { keeper, ports, jumpHosts, now }: ContextParts,
  request: FastifyRequest,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const answer = await keeper.callerOf(request);
  if (!('caller' in answer))
    return refuse(reply, answer.ended === undefined ? 'UNAUTHENTICATED' : 'SESSION_ENDED', requestId);
  const templates = await ports.access.jumpTemplates(answer.caller.facts.cvr, now());
  const open = templates.filter(({ template }) => jumpHosts.includes(addressOf(template, ANY_CASE).host));
  return reply.send({ systems: open.map(({ source }) => source).sort() });
}
