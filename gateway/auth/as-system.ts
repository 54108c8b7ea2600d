import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { worded } from '../plugins/own-words.js';
import type { AccessClient } from './access-client.js';
import type { DeliveringSystem } from './system.js';

/** What it takes to know which system calls. */
export interface SystemParts {
  readonly access: AccessClient;
  /** The address assertions must be for. */
  readonly audience: string;
  readonly isReady: () => boolean;
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
  const system = await authenticate(parts, request);
  if (!system) return refuseSystem(reply, system, requestId);
  try {
    return await act(system, requestId);
  } catch (error) {
    parts.onError(error, requestId);
    return reply.code(503).send({ errors: [worded('PART_UNAVAILABLE', requestId)] });
  }
}

/** Answers whoever is no system: refused, or not known for the moment. */
export function refuseSystem(reply: FastifyReply, system: null | undefined, requestId: string): FastifyReply {
  if (system === undefined)
    return reply.code(503).send({ errors: [worded('ACCESS_UNAVAILABLE', requestId)] });
  return reply
    .code(401)
    .header('www-authenticate', 'Bearer')
    .send({ errors: [worded('UNAUTHENTICATED', requestId)] });
}

/** @returns the system a request speaks for; null when it is refused, undefined when nobody can say. */
export async function authenticate(
  parts: Omit<SystemParts, 'onError'>,
  request: FastifyRequest,
): Promise<DeliveringSystem | null | undefined> {
  if (!parts.isReady()) return undefined;
  const assertion = /^Bearer ([A-Za-z0-9._-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
  return assertion === undefined ? null : parts.access.authenticateSystem(assertion, parts.audience);
}
