import type { FastifyReply, FastifyRequest } from 'fastify';
import { attempt } from '../http/attempt.js';
import { sendPage } from '../http/message-page.js';
import { LOGOUT_REFUSED, SIGN_IN_REFUSED } from '../http/messages.js';
import { flowsOf } from '../sessions/flows.js';
import { hashSecret } from '../sessions/secrets.js';
import type { SamlParts } from './parts.js';
import { SamlRefusal } from './refusal.js';

/** What a request is for, and where its answer goes. */
interface Asked {
  readonly event: 'signed-in' | 'signed-out';
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const PAGES = { 'signed-in': SIGN_IN_REFUSED, 'signed-out': LOGOUT_REFUSED } as const;

/** A refusal has one page for its user and the true reason in the log; what fails otherwise is no sign-in either. */
export function guarded(
  parts: SamlParts,
  asked: Asked,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { isReady, onError } = parts;
  const refused = (error: unknown) =>
    error instanceof SamlRefusal ? refuse(parts, asked, error) : undefined;
  const failed = { ...PAGES[asked.event], status: 503 };
  return attempt({ isReady, onError, failed, refused }, asked.reply, act);
}

async function refuse(
  parts: SamlParts,
  { event, request, reply }: Asked,
  { code: refused, cvr: known, detail }: SamlRefusal,
): Promise<FastifyReply> {
  const cvr = known ?? (event === 'signed-in' ? await begunAuthority(parts, request) : null);
  // What an operator must mend is shown there as well; the user can do nothing about it.
  if (refused === 'PROVIDER_CERTIFICATE_EXPIRED') parts.onExpired(cvr);
  const criteria = detail === null ? [] : [{ name: 'detail', value: detail }];
  await parts.log.note({ event, requestId: request.id, refused, cvr, criteria });
  return sendPage(reply, PAGES[event]);
}

/** @returns the authority of the sign-in this browser began last: its controller finds the number that the page shows. */
async function begunAuthority({ sessions }: SamlParts, request: FastifyRequest): Promise<string | null> {
  const latest = flowsOf(request, 'signIn').at(-1);
  return latest ? sessions.signInAuthority(hashSecret(latest.secret)) : null;
}
