import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asSystem } from '../../gateway/auth/as-system.js';
import { worded } from '../../gateway/plugins/own-words.js';
import { DELIVERY_LIMITS } from './read-lines.js';
import type { FeedParts } from './parts.js';
import { DeliveryTaker } from './take-delivery.js';

export const REJECTS_PATH = '/feed/v1/rejects';
const PAGE = 100;

/**
 * What a system has had rejected: listed (`GET`), sent again as it is or corrected (`POST …/ID`), given up (`DELETE
 * …/ID`). Only the system that sent a record gets to see it again.
 */
export function installRejects(scope: FastifyInstance, parts: FeedParts): void {
  scope.get<{ Querystring: { after?: string } }>(REJECTS_PATH, (request, reply) =>
    asSystem(parts, request, reply, async (system) => {
      const after = typeof request.query.after === 'string' ? request.query.after : null;
      const rejects = await parts.ports.access.rejectsOf(system.code, after, PAGE);
      return reply.send({ rejects, next: rejects.length === PAGE ? rejects.at(-1)!.id : null });
    }),
  );
  scope.delete<{ Params: { id: string } }>(`${REJECTS_PATH}/:id`, (request, reply) =>
    asSystem(parts, request, reply, async (system, requestId) => {
      const [given] = await parts.ports.access.settleReject(system.code, request.params.id);
      return given ? reply.code(204).send() : notFound(reply, requestId);
    }),
  );
  scope.post<{ Params: { id: string } }>(`${REJECTS_PATH}/:id`, (request, reply) =>
    asSystem(parts, request, reply, async (system, requestId) => {
      const kept = await parts.ports.access.rejectOf(system.code, request.params.id);
      if (!kept) return notFound(reply, requestId);
      const corrected = await bodyOf(request);
      if (corrected === undefined)
        return reply.code(413).send({ errors: [worded('BODY_TOO_LARGE', requestId)] });
      const taker = new DeliveryTaker(parts, system);
      await taker.take(corrected.trim() === '' ? kept.record : corrected);
      await taker.end(undefined);
      const [result] = taker.told().results;
      if (result!.result !== 'rejected') await parts.ports.access.settleReject(system.code, kept.id);
      return reply.send(result);
    }),
  );
}

function notFound(reply: FastifyReply, requestId: string): FastifyReply {
  return reply.code(404).send({ errors: [worded('NOT_FOUND', requestId)] });
}

/** @returns the body; undefined for one longer than a record may be. */
async function bodyOf({ body }: FastifyRequest): Promise<string | undefined> {
  if (body === undefined || body === null) return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > DELIVERY_LIMITS.lineBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
