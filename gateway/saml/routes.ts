import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { SignedIn } from '../../subgraphs/shared/ports/sessions.js';
import { readCookie } from '../sessions/cookies.js';
import {
  browserMark,
  type Flow,
  flowOf,
  flowsOf,
  holdFlow,
  keepFlow,
  newFlow,
  signInKey,
} from '../sessions/flows.js';
import { hashSecret } from '../sessions/secrets.js';
import type { SamlFacts } from './attributes.js';
import { choosePage } from './choose-page.js';
import { guarded } from './guarded.js';
import { installLogout } from './logout-routes.js';
import { SERVED } from './metadata.js';
import type { SamlParts } from './parts.js';
import { providerFor } from './provider.js';
import { SamlRefusal, type SamlRefusalCode } from './refusal.js';
import { MAX_RESPONSE } from './response.js';
import { returnPath } from './return-path.js';

/** A sign-in at the identity provider may take this long. */
const SIGN_IN_SECONDS = 600;
/** A response as a form, with what its characters grow by there. */
const MAX_FORM = Math.ceil(MAX_RESPONSE * 1.25);

type Form = { Body: Record<string, unknown> | undefined };

/**
 * Sign-in by SAML: metadata, the way to the identity provider, and the way back. Nothing of it is there
 * without a provider.
 */
export function installSaml(app: FastifyInstance, parts: SamlParts): void {
  if (parts.service.parts.providers.length === 0) return;
  app.get(SERVED.metadata.path, (_request, reply) =>
    reply.type('application/samlmetadata+xml; charset=utf-8').send(parts.service.metadata()),
  );
  app.get<{ Querystring: Record<string, unknown> }>('/saml/login', (request, reply) =>
    guarded(parts, { event: 'signed-in', request, reply }, () => signIn(parts, request, reply)),
  );
  installConsumer(app, parts);
  app.get('/login', (_request, reply) => reply.redirect('/saml/login', 303));
  installLogout(app, parts);
}

function installConsumer(app: FastifyInstance, parts: SamlParts): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply, code: SamlRefusalCode) =>
    guarded(parts, { event: 'signed-in', request, reply }, () => Promise.reject(new SamlRefusal(code)));
  app.route<Form>({
    method: [...SERVED.assertion.methods],
    url: SERVED.assertion.path,
    bodyLimit: MAX_FORM,
    // Nothing is read of a browser that has begun no sign-in.
    onRequest: async (request, reply) => {
      if (flowsOf(request, 'signIn').length === 0) await refuse(request, reply, 'SAML_NOT_REQUESTED');
    },
    errorHandler: (error, request, reply) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      void refuse(request, reply, 'SAML_TOO_LARGE');
    },
    handler: (request, reply) =>
      guarded(parts, { event: 'signed-in', request, reply }, (requestId) =>
        comeBack(parts, request, reply, requestId),
      ),
  });
}

async function signIn(
  { service, sessions, publicUrl, now }: SamlParts,
  request: FastifyRequest<{ Querystring: Record<string, unknown> }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { query, headers } = request;
  const { providers } = service.parts;
  const here = publicUrl();
  const returnTo = returnPath(query['return'], here);
  const wanted = typeof query['cvr'] === 'string' ? query['cvr'] : undefined;
  const again = new URLSearchParams({ return: returnTo, ...(wanted !== undefined && { cvr: wanted }) });
  if (cameByOtherName(headers.host, here)) return reply.redirect(`${here}/saml/login?${again}`, 303);
  if (wanted === undefined && providers.length > 1) return choosePage(reply, providers, returnTo);
  const cvr = wanted ?? providers[0]?.cvr;
  const provider = cvr === undefined ? undefined : providerFor(providers, cvr);
  if (cvr === undefined || provider === undefined) throw new SamlRefusal('PROVIDER_UNKNOWN');
  const { id, url } = await service.signInUrl(provider);
  const flow = newFlow(present(signInKey(id), 'the key of a sign-in'), now());
  const until = new Date(flow.begunAt + SIGN_IN_SECONDS * 1000);
  const browser = hashSecret(flow.secret);
  await sessions.beginSignIn({ id, browser, provider: provider.entityId, cvr, returnTo, until });
  // The sign-in that the browser's session is marked by stays: a later one beside it is marked alike.
  const mark = readCookie(request, 'browser');
  const stays = (other: Flow) => browserMark(other) === mark;
  holdFlow({ request, reply }, 'signIn', flow, SIGN_IN_SECONDS, stays);
  return reply.redirect(url, 303);
}

/** This machine's own names. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Cookies belong to one name of this machine: whoever came by another begins at the right one. Elsewhere a proxy decides names. */
function cameByOtherName(host: string | undefined, here: string): boolean {
  const { hostname, host: own } = new URL(here);
  const isLoopback = (name: string) => LOOPBACK.includes(name.replace(/:\d+$/, ''));
  return host !== undefined && host !== own && isLoopback(host) && LOOPBACK.includes(hostname);
}

async function comeBack(
  parts: SamlParts,
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const { service, sessions, keeper, log, now } = parts;
  const flows = flowsOf(request, 'signIn');
  const response = request.body?.['SAMLResponse'];
  if (typeof response !== 'string') throw new SamlRefusal('SAML_NOT_READABLE');
  const asked = service.answeredRequest(response);
  const flow = flowOf(request, 'signIn', signInKey(asked));
  // Once, and in the browser that began it: an answer brought by somebody else's page signs nobody in.
  const begun = flow && (await sessions.takeSignIn(asked, hashSecret(flow.secret), now()));
  if (!flow || !begun) return comeAgain(parts, { request, reply, requestId }, asked, flows);
  const { facts, from } = await service.accept(response, begun);
  const who = await knownAs(parts, facts);
  await log.note({ event: 'signed-in', requestId, cvr: who.cvr, user: who.subject, unit: who.unit });
  const session = await keeper.begin(reply, who, from, flows);
  await sessions.signedIn(begun.id, session);
  keepFlow(reply, 'signIn', flow);
  return reply.redirect(begun.returnTo, 303);
}

interface Arriving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly requestId: string;
}

/**
 * An answer to a sign-in that is spent or too late signs nobody in, and that is recorded. Whoever has a live session (Back
 * after a sign-in, a second tab) goes on to where the sign-in was to lead, if that was the same user's; else to the start.
 */
async function comeAgain(
  { sessions, keeper, log, now }: SamlParts,
  { request, reply, requestId }: Arriving,
  asked: string,
  flows: readonly Flow[],
): Promise<FastifyReply> {
  const browsers = flows.map(({ secret }) => hashSecret(secret));
  const spent = await sessions.spentSignIn(asked, browsers, now());
  const answer = await keeper.callerOf(request);
  // The identity provider's page is another site: its post brings the sign-ins' cookies along, and not the session's.
  const user = 'caller' in answer ? answer.caller.facts : spent?.live;
  if (!spent || !user) throw new SamlRefusal('SAML_NOT_REQUESTED', spent?.cvr ?? null);
  const { cvr, subject } = user;
  const criteria = [{ name: 'detail', value: 'SPENT' }];
  await log.note({
    event: 'signed-in',
    requestId,
    refused: 'SAML_NOT_REQUESTED',
    cvr,
    user: subject,
    criteria,
  });
  const isSameUser = spent.own || (spent.user?.cvr === cvr && spent.user.subject === subject);
  return reply.redirect(isSameUser ? spent.returnTo : '/', 303);
}

/** Unit and own person come from the organisation and the register; a personal number is looked up and let go of. */
async function knownAs({ sessions, citizens }: SamlParts, facts: SamlFacts): Promise<SignedIn> {
  const { subject, cvr, roles, assurance, cpr } = facts;
  const { unit, personId } = await sessions.userAs(cvr, subject);
  const own = cpr !== null && /^\d{10}$/.test(cpr) ? (await citizens.resolve([cpr])).get(cpr) : undefined;
  return { subject, cvr, unit, personId: own ?? personId, roles, assurance };
}
