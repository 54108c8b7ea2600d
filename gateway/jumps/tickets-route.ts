import type { FastifyInstance } from 'fastify';
import { firstBrokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { asSystem } from '../auth/as-system.js';
import { Refusal } from '../http/attempt.js';
import { hashSecret, newSecret } from '../sessions/secrets.js';
import type { ContextParts } from './parts.js';
import { boundTarget, targetShape } from './target.js';

export const TICKETS_PATH = '/context/v1/tickets';
const TICKET_SECONDS = 60;

/** `POST /context/v1/tickets`: a system asks for a ticket for one user, one person and perhaps one of its cases. */
export function installTickets(app: FastifyInstance, parts: ContextParts): void {
  app.post(TICKETS_PATH, (request, reply) =>
    asSystem(parts, request, reply, async (system) => {
      const parsed = targetShape.safeParse(request.body);
      if (!parsed.success) {
        const { field, rule } = firstBrokenRule(parsed.error);
        throw new Refusal('BAD_INPUT', { field: field || 'body', rule });
      }
      const target = await boundTarget(parts.ports, system, parsed.data);
      if ('rule' in target) throw new Refusal('BAD_INPUT', { field: target.field, rule: target.rule });
      const ticket = newSecret();
      const until = new Date(parts.now().getTime() + TICKET_SECONDS * 1000);
      await parts.ports.access.keepTicket(hashSecret(ticket), target, until);
      const url = `${parts.publicUrl()}/open?ticket=${ticket}`;
      return reply.send({ ticket, url, expiresInSeconds: TICKET_SECONDS });
    }),
  );
}
