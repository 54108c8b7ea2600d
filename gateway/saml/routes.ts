import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { DoorsPort, SignedIn } from '../../subgraphs/shared/ports/sessions.js';
import type { CitizensIngest } from '../../subgraphs/shared/ports/ingest-port.js';
import { worded } from '../plugins/own-words.js';
import { SIGN_IN_REFUSED, sendPage } from '../http/message-page.js';
import { readCookie } from '../sessions/cookies.js';
import type { DoorLog } from '../sessions/sign-in-log.js';
import {
  browserMark,
  flowOf,
  flowsOf,
  holdFlow,
  keepFlow,
  newFlow,
  signInKey,
  type Flow,
} from '../sessions/flows.js';
import { hashSecret } from '../sessions/secrets.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import type { SamlFacts } from './attributes.js';
import { MAX_RESPONSE } from './envelope.js';
import { choosePage } from './choose-page.js';
import { installLogout } from './logout-routes.js';
import { providerFor } from './provider.js';
import { SamlRefusal } from './refusal.js';
import { returnPath } from './return-path.js';
import type { ServiceProvider } from './service-provider.js';

export interface SamlParts {
  readonly service: ServiceProvider;
  readonly keeper: SessionKeeper;
  readonly doors: DoorsPort;
  readonly citizens: Pick<CitizensIngest, 'resolve'>;
  readonly log: DoorLog;
  readonly publicUrl: () => string;
  readonly now: () => Date;
  readonly isReady: () => boolean;
  /** Told that every certificate of an authority's identity provider has run out. */
  readonly onExpired: (cvr: string | null) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** A sign-in at the identity provider may take this long. */
const SIGN_IN_SECONDS = 600;

/** Sign-in by SAML (design.md §11): metadata, the way to the identity provider, and the way back. */
export function installSaml(app: FastifyInstance, parts: SamlParts): void {
  app.get('/saml/metadata', (_request, reply) =>
    parts.service.parts.providers.length === 0
      ? reply.callNotFound()
      : reply.type('application/samlmetadata+xml; charset=utf-8').send(parts.service.metadata()),
  );
  app.get<{ Querystring: Record<string, unknown> }>('/saml/login', (request, reply) =>
    guarded(parts, reply, (requestId) => signIn(parts, request, reply, requestId)),
  );
  app.post<{ Body: Record<string, unknown> | undefined }>(
    '/saml/acs',
    { bodyLimit: MAX_RESPONSE * 2 },
    (request, reply) => guarded(parts, reply, (requestId) => comeBack(parts, request, reply, requestId)),
  );
  app.get('/login', (_request, reply) => reply.redirect('/saml/login', 303));
  installLogout(app, parts);
}

/** A refusal has one page for its user and the true reason in the log; what fails otherwise is no sign-in either. */
export async function guarded(
  parts: SamlParts,
  reply: FastifyReply,
  act: (requestId: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const requestId = randomUUID();
  try {
    if (!parts.isReady())
      return await reply.code(503).send({ errors: [worded('ACCESS_UNAVAILABLE', requestId)] });
    return await act(requestId);
  } catch (error) {
    if (!(error instanceof SamlRefusal)) {
      parts.onError(error, requestId);
      return sendPage(reply, { ...SIGN_IN_REFUSED, status: 503, requestId });
    }
    const { code: refused, cvr, detail } = error;
    // What an operator must mend is told there as well; the user can do nothing about it.
    if (refused === 'PROVIDER_CERTIFICATE_EXPIRED') parts.onExpired(cvr);
    const criteria = detail === null ? [] : [{ name: 'detail', value: detail }];
    await parts.log.note({ event: 'signed-in', requestId, refused, cvr, criteria });
    return sendPage(reply, { ...SIGN_IN_REFUSED, requestId });
  }
}

async function signIn(
  { service, doors, publicUrl, now }: SamlParts,
  request: FastifyRequest<{ Querystring: Record<string, unknown> }>,
  reply: FastifyReply,
  _requestId: string,
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
  const flow = newFlow(signInKey(id)!, now());
  const until = new Date(flow.begunAt + SIGN_IN_SECONDS * 1000);
  const browser = hashSecret(flow.secret);
  await doors.beginSignIn({ id, browser, provider: provider.entityId, cvr, returnTo, until });
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
  request: FastifyRequest<{ Body: Record<string, unknown> | undefined }>,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const { service, doors, keeper, log, now } = parts;
  const flows = flowsOf(request, 'signIn');
  // Nothing is read for a browser that has begun no sign-in.
  if (flows.length === 0) throw new SamlRefusal('SAML_NOT_REQUESTED');
  const response = request.body?.['SAMLResponse'];
  if (typeof response !== 'string') throw new SamlRefusal('SAML_NOT_READABLE');
  const asked = service.answeredRequest(response);
  const flow = flowOf(request, 'signIn', signInKey(asked));
  // Once, and in the browser that began it: an answer brought by somebody else's page signs nobody in.
  const begun = flow && (await doors.takeSignIn(asked, hashSecret(flow.secret), now()));
  if (!flow || !begun) return comeAgain(parts, { request, reply, requestId }, asked, flows);
  const { facts, profile, provider } = await service.accept(response, begun);
  const who = await knownAs(parts, facts);
  await log.note({ event: 'signed-in', requestId, cvr: who.cvr, user: who.subject, unit: who.unit });
  const from = {
    provider: provider.entityId,
    nameId: profile.nameID,
    nameIdFormat: profile.nameIDFormat,
    sessionIndex: profile.sessionIndex ?? null,
  };
  const session = await keeper.begin(reply, who, from, flows);
  await doors.signedIn(begun.id, session);
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
 * after a sign-in, a second tab) goes on to where the sign-in was to lead, if that was hers; else to the start.
 */
async function comeAgain(
  { doors, keeper, log, now }: SamlParts,
  { request, reply, requestId }: Arriving,
  asked: string,
  flows: readonly Flow[],
): Promise<FastifyReply> {
  const browsers = flows.map(({ secret }) => hashSecret(secret));
  const spent = await doors.spentSignIn(asked, browsers, now());
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
  const isHers = spent.own || (spent.user?.cvr === cvr && spent.user.subject === subject);
  return reply.redirect(isHers ? spent.returnTo : '/', 303);
}

/** Unit and own person come from the organisation and the register; a personal number is looked up and let go of. */
async function knownAs({ doors, citizens }: SamlParts, facts: SamlFacts): Promise<SignedIn> {
  const { subject, cvr, roles, assurance, cpr } = facts;
  const { unit, personId } = await doors.userAs(cvr, subject);
  const own = cpr !== null && /^\d{10}$/.test(cpr) ? (await citizens.resolve([cpr])).get(cpr) : undefined;
  return { subject, cvr, unit, personId: own ?? personId, roles, assurance };
}
