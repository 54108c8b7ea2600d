import type { FastifyReply, FastifyRequest } from 'fastify';
import { attempt, type OnError, Refusal } from '../http/attempt.js';
import { refuse } from '../http/refuse.js';
import type { SystemLimit } from '../limits/system-limit.js';
import type { AccessClient } from './access-client.js';
import { bearerToken } from './bearer-token.js';
import type { DeliveringSystem } from './system.js';

/** What it takes to know which system calls. */
export interface SystemParts {
  readonly access: Pick<AccessClient, 'authenticateSystem'>;
  /** The address assertions must be for. */
  readonly audience: string;
  readonly isReady: () => boolean;
  /** How much a system may ask. */
  readonly systemLimit: SystemLimit;
  readonly onError: OnError;
}

/**
 * Answers a request of a system: refused when it is none or asks too much, unavailable when what it asks fails. Nothing of the body is
 * read before the system is known.
 */
export function asSystem(
  { isReady, onError, ...parts }: SystemParts,
  request: FastifyRequest,
  reply: FastifyReply,
  act: (system: DeliveringSystem, requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  return attempt({ isReady, onError, failed: 'PART_UNAVAILABLE' }, reply, async (requestId) => {
    const system = await authenticate(parts, request);
    const wait = parts.systemLimit.wait(system.id, request);
    if (wait !== undefined) return refuse(reply.header('retry-after', wait), 'TOO_MANY_REQUESTS');
    return act(system, requestId);
  });
}

/** @returns the system a request speaks for; throws Refusal when it is none, or when nobody can say */
async function authenticate(
  { access, audience }: Pick<SystemParts, 'access' | 'audience'>,
  { headers }: FastifyRequest,
): Promise<DeliveringSystem> {
  const assertion = bearerToken(headers);
  const system = assertion === undefined ? null : await access.authenticateSystem(assertion, audience);
  if (!system) throw new Refusal(system === null ? 'UNAUTHENTICATED' : 'ACCESS_UNAVAILABLE');
  return system;
}
