import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Profile, SAML } from '@node-saml/node-saml';
import { sendPage } from '../http/message-page.js';
import type { IdentityProvider } from './provider.js';
import { SamlRefusal } from './refusal.js';
import { guarded, type SamlParts } from './routes.js';

const SIGNED_OUT = {
  status: 200,
  title: 'Du er logget af',
  text: 'Du er logget af Overblik.',
  english: 'You are signed out of Overblik.',
  link: { href: '/saml/login', label: 'Log på igen' },
} as const;

/** Signatures a logout message may bear; the library would take any that OpenSSL knows, and none at all. */
const SIGNATURES = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
];
const MAX_MESSAGE = 16_384;

type Query = Record<string, string | undefined>;

/** Single logout (SF1515) by HTTP redirect: begun by the identity provider, and the end of one begun here. */
export function installLogout(app: FastifyInstance, parts: SamlParts): void {
  app.get<{ Querystring: Query }>('/saml/logout', (request, reply) =>
    guarded(parts, reply, (requestId) => logout(parts, request, reply, requestId)),
  );
  app.get('/saml/signed-out', (_request, reply) => sendPage(reply, SIGNED_OUT));
}

async function logout(
  parts: SamlParts,
  request: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const { query } = request;
  // The session is over before the browser is sent to the provider: its answer changes nothing any more.
  if (query['SAMLResponse'] !== undefined) return reply.redirect('/saml/signed-out', 303);
  const original = request.raw.url?.split('?')[1] ?? '';
  const found = await validated(parts, query, original);
  if (!found) throw new SamlRefusal('SAML_INVALID', null, 'LOGOUT');
  const { profile, provider, saml } = found;
  const { nameID: nameId, sessionIndex = null } = profile;
  const ended = await parts.doors.endProviderSessions(
    { provider: provider.entityId, nameId, sessionIndex },
    parts.now(),
  );
  await parts.log.note({
    event: 'signed-out',
    requestId,
    cvr: provider.cvr,
    criteria: [{ name: 'sessions', value: String(ended) }],
  });
  parts.keeper.forget(reply);
  const url = await saml.getLogoutResponseUrlAsync(profile, query['RelayState'] ?? '', {}, true);
  return reply.redirect(url, 303);
}

/** A logout request must be signed by the provider it names, plainly and well. */
async function validated(
  { service }: SamlParts,
  query: Query,
  original: string,
): Promise<{ profile: Profile; provider: IdentityProvider; saml: SAML } | undefined> {
  const { SAMLRequest: message, Signature: signature, SigAlg: algorithm } = query;
  const names = original.split('&').map((part) => part.split('=')[0]);
  if (message === undefined || signature === undefined || message.length > MAX_MESSAGE) return undefined;
  if (!SIGNATURES.includes(algorithm ?? '') || new Set(names).size !== names.length) return undefined;
  for (const provider of service.parts.providers) {
    const saml = service.samlFor(provider);
    try {
      const { profile } = await saml.validateRedirectAsync(query, original);
      if (profile) return { profile, provider, saml };
    } catch {
      // Another provider's, or nobody's: what is wrong with it is told to no one.
    }
  }
  return undefined;
}
