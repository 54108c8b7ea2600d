import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { worded } from '../plugins/own-words.js';
import { authenticate, refuseSystem, type FeedParts } from './route.js';
import type { DeliveringSystem } from './system.js';

/** Answers a request of a system: refused when it is none, unavailable when what it asks fails. */
export async function asSystem(
  parts: Pick<FeedParts, 'access' | 'audience' | 'isReady' | 'onError'>,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (system: DeliveringSystem, requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  reply.header('overblik-request', requestId);
  const system = await authenticate(parts, request);
  if (!system) return refuseSystem(reply, system, requestId);
  try {
    return await act(system, requestId);
  } catch (error) {
    parts.onError(error, requestId);
    return reply.code(503).send({ errors: [worded('PART_UNAVAILABLE', requestId)] });
  }
}
