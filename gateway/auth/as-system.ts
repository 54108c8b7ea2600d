import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../http/refuse.js';
import type { SystemLimit } from '../limits/system-limit.js';
import { worded } from '../plugins/own-words.js';
import type { AccessClient } from './access-client.js';
import type { DeliveringSystem } from './system.js';

/** What it takes to know which system calls. */
export interface SystemParts {
  readonly access: Pick<AccessClient, 'authenticateSystem'>;
  /** The address assertions must be for. */
  readonly audience: string;
  readonly isReady: () => boolean;
  /** How much a system may ask. */
  readonly systemLimit: SystemLimit;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** Answers a request of a system: refused when it is none, unavailable when what it asks fails. */
export async function asSystem(
  parts: SystemParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (system: DeliveringSystem, requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  reply.header('overblik-request', requestId);
  const system = await admitSystem(parts, request, reply, requestId);
  if (!system) return reply;
  try {
    return await act(system, requestId);
  } catch (error) {
    parts.onError(error, requestId);
    return reply.code(503).send({ errors: [worded('PART_UNAVAILABLE', requestId)] });
  }
}

/**
 * Finds the system that calls and counts its request; nothing of the body is dealt with before.
 * @returns the system; undefined when the request has been answered: no system, not known for the moment, or too many
 */
export async function admitSystem(
  parts: Omit<SystemParts, 'onError'>,
  request: FastifyRequest,
  reply: FastifyReply,
  requestId: string,
): Promise<DeliveringSystem | undefined> {
  const system = await authenticate(parts, request);
  if (!system) {
    refuseSystem(reply, system, requestId);
    return undefined;
  }
  const wait = parts.systemLimit.wait(system.id, request);
  if (wait === undefined) return system;
  refuse(reply.header('retry-after', wait), 'TOO_MANY_REQUESTS', requestId);
  return undefined;
}

/** Answers whoever is no system: refused, or not known for the moment. */
function refuseSystem(reply: FastifyReply, system: null | undefined, requestId: string): FastifyReply {
  if (system === undefined)
    return reply.code(503).send({ errors: [worded('ACCESS_UNAVAILABLE', requestId)] });
  return reply
    .code(401)
    .header('www-authenticate', 'Bearer')
    .send({ errors: [worded('UNAUTHENTICATED', requestId)] });
}

/** @returns the system a request speaks for; null when it is refused, undefined when nobody can say. */
async function authenticate(
  parts: Pick<SystemParts, 'access' | 'audience' | 'isReady'>,
  request: FastifyRequest,
): Promise<DeliveringSystem | null | undefined> {
  if (!parts.isReady()) return undefined;
  const assertion = /^Bearer ([A-Za-z0-9._-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
  return assertion === undefined ? null : parts.access.authenticateSystem(assertion, parts.audience);
}
