import type { FastifyInstance, FastifyReply } from 'fastify';
import { attempt } from '../http/attempt.js';
import { calledBy } from '../sessions/caller.js';
import { addressOf } from './jump-out-route.js';
import type { ContextParts } from './parts.js';

/** Any id will do: the host of an address does not depend on the case. */
const ANY_CASE = '00000000-0000-4000-8000-000000000000';

/**
 * `GET /jump/systems`: the codes of the systems whose cases the caller can open from here, so that the page offers the way
 * out where there is one and nowhere else. What it says decides nothing: `GET /jump/CASE` asks anew.
 */
export function installJumpSystems(app: FastifyInstance, parts: ContextParts): void {
  const { isReady, onError } = parts;
  app.get('/jump/systems', (request, reply) =>
    attempt({ isReady, onError, failed: 'ACCESS_UNAVAILABLE' }, reply, async () =>
      jumpSystems(parts, (await calledBy(parts.keeper, request)).facts.cvr, reply),
    ),
  );
}

async function jumpSystems(
  { ports, jumpHosts, now }: ContextParts,
  cvr: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const templates = await ports.access.jumpTemplates(cvr, now());
  const open = templates.filter(({ template }) => jumpHosts.includes(addressOf(template, ANY_CASE).host));
  return reply.send({ systems: open.map(({ source }) => source).sort() });
}
