import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../http/message-page.js';
import { LOGOUT_REFUSED, SIGN_IN_REFUSED, UNAVAILABLE } from '../http/messages.js';
import { flowsOf } from '../sessions/flows.js';
import { hashSecret } from '../sessions/secrets.js';
import type { SamlParts } from './parts.js';
import { SamlRefusal } from './refusal.js';

/** What a request is for, and where its answer goes. */
export interface Attempt {
  readonly event: 'signed-in' | 'signed-out';
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const PAGES = { 'signed-in': SIGN_IN_REFUSED, 'signed-out': LOGOUT_REFUSED } as const;

/** A refusal has one page for its user and the true reason in the log; what fails otherwise is no sign-in either. */
export async function guarded(
  parts: SamlParts,
  attempt: Attempt,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { event, reply } = attempt;
  const requestId = randomUUID();
  try {
    if (!parts.isReady()) return await sendPage(reply, { ...UNAVAILABLE, requestId });
    return await act(requestId);
  } catch (error) {
    if (error instanceof SamlRefusal) return refuse(parts, attempt, error, requestId);
    parts.onError(error, requestId);
    return sendPage(reply, { ...PAGES[event], status: 503, requestId });
  }
}

async function refuse(
  parts: SamlParts,
  { event, request, reply }: Attempt,
  { code: refused, cvr: known, detail }: SamlRefusal,
  requestId: string,
): Promise<FastifyReply> {
  const cvr = known ?? (event === 'signed-in' ? await begunAuthority(parts, request) : null);
  // What an operator must mend is told there as well; the user can do nothing about it.
  if (refused === 'PROVIDER_CERTIFICATE_EXPIRED') parts.onExpired(cvr);
  const criteria = detail === null ? [] : [{ name: 'detail', value: detail }];
  await parts.log.note({ event, requestId, refused, cvr, criteria });
  return sendPage(reply, { ...PAGES[event], requestId });
}

/** @returns the authority of the sign-in this browser began last: its controller finds the number that the page shows. */
async function begunAuthority({ doors }: SamlParts, request: FastifyRequest): Promise<string | null> {
  const latest = flowsOf(request, 'signIn').at(-1);
  return latest ? doors.signInAuthority(hashSecret(latest.secret)) : null;
}
