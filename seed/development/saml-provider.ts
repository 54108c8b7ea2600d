import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import { type Profile, SAML } from '@node-saml/node-saml';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { isMessage, readDocument, samlId } from '../../gateway/saml/documents.js';
import { logoutResponse } from '../../gateway/saml/logout-response.js';
import type { IdentityProvider } from '../../gateway/saml/provider.js';
import { readSignedQuery, redirectAddress } from '../../gateway/saml/redirect-binding.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { attributeOf } from '../../subgraphs/shared/identity/xml-document.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import { listenAt } from '../../subgraphs/shared/settings/listen.js';
import type { SignIn } from './identity-provider.js';
import type { SamlKeys } from './saml-keys.js';
import { homePage, loginPage, POST_SCRIPT, postPage } from './saml-pages.js';
import { buildResponse } from './saml-response.js';

export interface DevelopmentProviderOptions {
  /** The port the operator has named; undefined: 4200 when it is free, any other that is free otherwise. */
  readonly port: number | undefined;
  readonly keys: SamlKeys;
  readonly signIns: readonly SignIn[];
  /** Names of authorities by CVR number. */
  readonly names: Readonly<Record<string, string>>;
  readonly production: boolean;
  /** Where the service answers; known once it listens. */
  readonly serviceUrl: () => string;
  readonly now: () => Date;
}

/** A running development identity provider. */
export interface DevelopmentProvider {
  readonly url: string;
  readonly providers: readonly IdentityProvider[];
  close(): Promise<void>;
}

const USUAL_PORT = 4200;
const SESSION = 'development-identity';
const ASSERTION_SECONDS = 120;
const MAX_SESSIONS = 1000;

interface Login {
  Params: { cvr: string };
  Body: { as?: string } | undefined;
}

interface Message {
  readonly id: string;
  readonly relayState: string;
}

interface Session {
  readonly signIn: SignIn;
  readonly index: string;
}

/**
 * An identity provider for development that speaks the same SAML as a municipality's, on another site (`localhost`, where
 * the service is `127.0.0.1`), so that cookies meet what they meet in earnest. Refuses to exist in production.
 */
export async function startDevelopmentProvider(
  options: DevelopmentProviderOptions,
): Promise<DevelopmentProvider> {
  if (options.production) throw new Error('the development identity provider refuses production');
  const app = Fastify({ bodyLimit: 1 << 16 });
  await app.register(cookie);
  await app.register(formbody);
  const provider = new Provider(options);
  provider.install(app);
  const { port } = await listenAt(app, {
    host: 'localhost',
    named: options.port,
    usual: USUAL_PORT,
    setting: 'SAML_DEVELOPMENT_PORT',
  });
  const url = `http://localhost:${port}`;
  provider.url = url;
  return { url, providers: developmentProviders(url, options), close: () => app.close() };
}

/** @returns how a service knows the development identity provider that answers at `url`: one entry for each authority of the sign-ins. */
export function developmentProviders(
  url: string,
  { signIns, names, keys }: Pick<DevelopmentProviderOptions, 'signIns' | 'names' | 'keys'>,
): IdentityProvider[] {
  return [...new Set(signIns.map(({ cvr }) => cvr))].map((cvr) => ({
    name: ownValue(names, cvr) ?? cvr,
    entityId: `${url}/metadata/${cvr}`,
    ssoUrl: `${url}/login/${cvr}`,
    sloUrl: `${url}/logout`,
    cvr,
    delegated: [],
    certificates: [keys.provider.certificate],
  }));
}

class Provider {
  url = '';
  readonly #sessions = new LRUCache<string, Session>({ max: MAX_SESSIONS, ttl: 8 * 3_600_000 });

  constructor(readonly options: DevelopmentProviderOptions) {}

  install(app: FastifyInstance): void {
    app.get('/', (request, reply) => html(reply, homePage(this.#sessionOf(request)?.signIn.name)));
    app.get('/post.js', (_request, reply) => reply.type('text/javascript').send(POST_SCRIPT));
    app.get<Login>('/login/:cvr', (request, reply) => this.#login(request, reply));
    app.post<Login>('/login/:cvr', (request, reply) => this.#chosen(request, reply));
    app.get<{ Querystring: Record<string, string> }>('/logout', (request, reply) =>
      this.#asked(request, reply),
    );
    app.post('/logout', (request, reply) => this.#everywhere(request, reply));
  }

  /** Whoever is signed in here already goes straight on: that is what single sign-on is. */
  #login(request: FastifyRequest<Login>, reply: FastifyReply): Promise<FastifyReply> | FastifyReply {
    if (!this.#requestOf(request)) return reply.code(400).send('not a signed request of the service');
    const session = this.#sessionOf(request);
    const { cvr } = request.params;
    if (session?.signIn.cvr === cvr) return this.#respond(request, reply, session);
    const own = this.options.signIns.filter((signIn) => signIn.cvr === cvr);
    return html(reply, loginPage(own, `/login/${cvr}?${queryOf(request)}`));
  }

  #chosen(request: FastifyRequest<Login>, reply: FastifyReply): Promise<FastifyReply> | FastifyReply {
    const signIn = this.options.signIns.find(
      ({ name, cvr }) => name === request.body?.as && cvr === request.params.cvr,
    );
    if (!this.#requestOf(request) || !signIn) return reply.code(400).send('no such user');
    const id = randomUUID();
    const session = { signIn, index: randomUUID() };
    this.#sessions.set(id, session);
    void reply.setCookie(SESSION, id, { path: '/', httpOnly: true, sameSite: 'lax' });
    return this.#respond(request, reply, session);
  }

  async #respond(
    request: FastifyRequest,
    reply: FastifyReply,
    { signIn, index }: Session,
  ): Promise<FastifyReply> {
    const { keys, serviceUrl, now } = this.options;
    const destination = `${serviceUrl()}/saml/acs`;
    const spec = {
      issuer: `${this.url}/metadata/${signIn.cvr}`,
      destination,
      audience: `${serviceUrl()}/saml/metadata`,
      inResponseTo: present(this.#requestOf(request), 'the id of a request'),
      nameId: signIn.subject,
      attributes: attributesOf(signIn),
      sessionIndex: index,
      now: now(),
      seconds: ASSERTION_SECONDS,
    };
    const { key: signingKey, certificate: signingCertificate } = keys.provider;
    const encryptTo = keys.service.certificate;
    const response = await buildResponse(spec, { signingKey, signingCertificate, encryptTo });
    return html(reply, postPage(destination, response));
  }

  /** Logout begun by the service: the session ends here as well, and the service is answered so. */
  #asked(
    request: FastifyRequest<{ Querystring: Record<string, string> }>,
    reply: FastifyReply,
  ): FastifyReply {
    const { query } = request;
    this.#forget(request, reply);
    if (query['SAMLRequest'] === undefined) return reply.redirect('/', 303);
    const asked = this.#messageOf(request, 'LogoutRequest');
    if (!asked) return reply.code(400).send('not a logout request');
    const { keys, serviceUrl, now } = this.options;
    const destination = `${serviceUrl()}/saml/logout`;
    const xml = logoutResponse({
      id: samlId(),
      issuer: this.url,
      destination,
      inResponseTo: asked.id,
      outcome: 'ENDED',
      now: now(),
    });
    const message = { name: 'SAMLResponse', xml, relayState: asked.relayState } as const;
    return reply.redirect(redirectAddress(destination, message, keys.provider.key), 303);
  }

  /** Logout begun here: the service is asked to end what it has. */
  async #everywhere(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const session = this.#sessionOf(request);
    this.#forget(request, reply);
    if (!session) return reply.redirect('/', 303);
    const profile: Profile = {
      issuer: `${this.url}/metadata/${session.signIn.cvr}`,
      nameID: session.signIn.subject,
      nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      sessionIndex: session.index,
    };
    const saml = this.#samlTowardsService(session.signIn.cvr);
    return reply.redirect(await saml.getLogoutUrlAsync(profile, '', {}), 303);
  }

  #samlTowardsService(cvr: string): SAML {
    const { keys, serviceUrl } = this.options;
    return new SAML({
      issuer: `${this.url}/metadata/${cvr}`,
      callbackUrl: `${this.url}/login`,
      idpCert: keys.service.certificate,
      idpIssuer: `${serviceUrl()}/saml/metadata`,
      entryPoint: `${serviceUrl()}/saml/acs`,
      logoutUrl: `${serviceUrl()}/saml/logout`,
      privateKey: keys.provider.key,
      signatureAlgorithm: 'sha256',
    });
  }

  #sessionOf(request: FastifyRequest): Session | undefined {
    const id = request.cookies[SESSION];
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  #forget(request: FastifyRequest, reply: FastifyReply): void {
    const id = request.cookies[SESSION];
    if (id !== undefined) this.#sessions.delete(id);
    void reply.clearCookie(SESSION, { path: '/' });
  }

  /** @returns the service's signed message in the address; undefined for any other. */
  #messageOf(request: FastifyRequest, kind: 'AuthnRequest' | 'LogoutRequest'): Message | undefined {
    const signed = readSignedQuery(queryOf(request), 'SAMLRequest');
    if (!signed?.isSignedBy(this.options.keys.service.certificate)) return undefined;
    const root = readDocument(signed.unpack());
    const id = attributeOf(root, 'ID');
    return isMessage(root, kind) && id !== undefined ? { id, relayState: signed.relayState } : undefined;
  }

  /** @returns the id of the service's signed request to sign in. */
  #requestOf(request: FastifyRequest): string | undefined {
    return this.#messageOf(request, 'AuthnRequest')?.id;
  }
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(text);
}

function queryOf({ raw }: FastifyRequest): string {
  return raw.url?.split('?')[1] ?? '';
}

/** @returns the attributes of a sign-in, by their OIOSAML 3 names; roles as a privilege list. */
export function attributesOf({ cvr, jobFunctionRoles, privileges }: SignIn): Record<string, string> {
  return {
    'https://data.gov.dk/model/core/specVersion': 'OIO-SAML-3.0',
    'https://data.gov.dk/concept/core/nsis/loa': 'https://data.gov.dk/concept/core/nsis/loa/Substantial',
    'https://data.gov.dk/model/core/eid/professional/cvr': cvr,
    'https://data.gov.dk/model/core/eid/professional/orgName': 'Udvikling',
    'dk:gov:saml:attribute:KombitSpecVer': '2.0',
    'https://data.gov.dk/model/core/eid/privilegesIntermediate': privileges ?? listOf(cvr, jobFunctionRoles),
  };
}

function listOf(cvr: string, roles: readonly string[]): string {
  const groups = roles.map(
    (role) =>
      `<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:${cvr}"><Privilege>${role}</Privilege></PrivilegeGroup>`,
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile">${groups.join('')}</bpp:PrivilegeList>`;
  return Buffer.from(xml).toString('base64');
}
