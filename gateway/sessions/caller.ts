import type { FastifyRequest } from 'fastify';
import { Refusal } from '../http/attempt.js';
import type { SessionAnswer, SessionCaller, SessionKeeper } from './session-keeper.js';

/** @returns who calls by session; throws Refusal when nobody does */
export async function calledBy(
  keeper: Pick<SessionKeeper, 'callerOf'>,
  request: FastifyRequest,
): Promise<SessionCaller> {
  const answer = await keeper.callerOf(request);
  if ('caller' in answer) return answer.caller;
  throw noCaller(answer);
}

/** @returns the refusal of a request without a live session. */
export function noCaller({ ended }: Exclude<SessionAnswer, { readonly caller: SessionCaller }>): Refusal {
  return new Refusal(ended === undefined ? 'UNAUTHENTICATED' : 'SESSION_ENDED');
}
