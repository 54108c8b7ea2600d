import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EndedSessions } from '../../subgraphs/shared/ports/sessions.js';
import { sendPage } from '../http/message-page.js';
import { SIGNED_OUT } from '../http/messages.js';
import { samlId } from './documents.js';
import { guarded } from './guarded.js';
import { type Asked, askedByPost, askedByRedirect, MAX_MESSAGE } from './logout-bindings.js';
import { readLogoutRequest } from './logout-request.js';
import { type LogoutOutcome, logoutResponse, signedMessage } from './logout-response.js';
import { SERVED } from './metadata.js';
import type { SamlParts } from './parts.js';
import { POST_SCRIPT, sendPostPage } from './post-page.js';
import { redirectAddress } from './redirect-binding.js';

const MAX_FORM = Math.ceil(MAX_MESSAGE * 1.25);

type Fields = Readonly<Record<string, unknown>>;

/** Single logout by HTTP redirect and HTTP POST: begun by the identity provider, and the end of one begun here. */
export function installLogout(app: FastifyInstance, parts: SamlParts): void {
  const { path } = SERVED.logout;
  const { providers } = parts.service.parts;
  app.get<{ Querystring: Fields }>(path, (request, reply) =>
    answer(parts, { request, reply }, request.query, () =>
      askedByRedirect(request.raw.url?.split('?')[1] ?? '', providers, parts.now()),
    ),
  );
  app.post<{ Body: Fields | undefined }>(path, { bodyLimit: MAX_FORM }, (request, reply) => {
    const form = request.body ?? {};
    return answer(parts, { request, reply }, form, () => askedByPost(form, providers, parts.now()));
  });
  app.get('/saml/signed-out', (_request, reply) => sendPage(reply, SIGNED_OUT));
  app.get('/saml/post.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(POST_SCRIPT),
  );
}

function answer(
  parts: SamlParts,
  to: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  fields: Fields,
  asked: () => Asked,
): Promise<FastifyReply> {
  return guarded(parts, { event: 'signed-out', ...to }, async (requestId) => {
    // The session is over before the browser is sent to the provider: its answer changes nothing any more.
    if (fields['SAMLResponse'] !== undefined) return to.reply.redirect('/saml/signed-out', 303);
    return logout(parts, asked(), to.reply, requestId);
  });
}

async function logout(
  parts: SamlParts,
  { provider, text, relayState, binding }: Asked,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const { service, keeper, now } = parts;
  const { keys } = service.parts;
  const checks = {
    issuer: provider.entityId,
    destination: service.sloUrl,
    key: keys.key,
    now: now(),
    clockSkewMs: service.clockSkewMs,
  };
  const { id, nameId, sessionIndexes } = await readLogoutRequest(text, checks);
  const named = { provider: provider.entityId, nameId, sessionIndexes };
  const { ended, isKnown, isWhole } = await keeper.endNamed(reply, named);
  const outcome: LogoutOutcome = isKnown ? (isWhole ? 'ENDED' : 'NOT_ALL') : 'UNKNOWN';
  await note(parts, { provider, ended, outcome, requestId });
  const destination = provider.sloUrl ?? provider.ssoUrl;
  const words = {
    id: samlId(),
    issuer: service.entityId,
    destination,
    inResponseTo: id,
    outcome,
    now: now(),
  };
  const message = { name: 'SAMLResponse', xml: logoutResponse(words), relayState } as const;
  if (binding === 'redirect') return reply.redirect(redirectAddress(destination, message, keys.key), 303);
  return sendPostPage(reply, destination, { ...message, xml: signedMessage(message.xml, keys) });
}

/** One record for each user whose sessions ended; one without a user when there was nothing to end. */
async function note(
  { log }: SamlParts,
  {
    provider,
    requestId,
    outcome,
    ended,
  }: Pick<Asked, 'provider'> &
    Pick<EndedSessions, 'ended'> & { readonly requestId: string; readonly outcome: LogoutOutcome },
): Promise<void> {
  const users = new Map(ended.map((user) => [`${user.cvr}|${user.subject}`, user]));
  const noted = [...users.values(), ...(users.size === 0 ? [{ cvr: provider.cvr, subject: '' }] : [])];
  for (const { cvr, subject } of noted) {
    const sessions = ended.filter((user) => user.cvr === cvr && user.subject === subject).length;
    await log.note({
      event: 'signed-out',
      requestId,
      cvr,
      user: subject,
      ...(outcome !== 'ENDED' && { refused: `LOGOUT_${outcome}` }),
      criteria: [{ name: 'sessions', value: String(sessions) }],
    });
  }
}
