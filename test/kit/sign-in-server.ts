import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { inflateRawSync } from 'node:zlib';
import type { SamlParts } from '../../gateway/saml/parts.js';
import type { IdentityProvider } from '../../gateway/saml/provider.js';
import { installSaml } from '../../gateway/saml/routes.js';
import { ServiceProvider } from '../../gateway/saml/service-provider.js';
import { AccessTokens } from '../../gateway/sessions/access-tokens.js';
import { installSessions } from '../../gateway/sessions/routes.js';
import { SessionKeeper } from '../../gateway/sessions/session-keeper.js';
import { SignInLog } from '../../gateway/sessions/sign-in-log.js';
import { developmentSamlKeys, type SamlKeys } from '../../seed/development/saml-keys.js';
import { attributesOf } from '../../seed/development/saml-provider.js';
import { buildResponse, type ResponseSpec } from '../../seed/development/saml-response.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { accessIngest } from '../../subgraphs/access/ingest/access-ingest.js';
import type { AuditFact } from '../../subgraphs/shared/audit/entry.js';
import { Agent } from './agent.js';
import { startTestStore, type TestStore } from './store.js';

/** The gateway's sign-in, sessions and logout over a store of their own, and what they wrote and reported. */
export interface SignInServer {
  readonly url: string;
  readonly keys: SamlKeys;
  readonly parts: SamlParts;
  readonly store: TestStore;
  /** What was written to the log. */
  readonly facts: AuditFact[];
  readonly errors: unknown[];
  readonly expired: (string | null)[];
  [Symbol.asyncDispose](): Promise<void>;
}

export const SIGN_IN = SIGN_INS.find(({ name }) => name === 'benefit-caseworker')!;
/** The identity provider's addresses; nothing listens there. */
export const IDENTITY = 'https://identity.example';

/** @returns an identity provider of the authority whose user signs in, with the changes given. */
export function providerOf(keys: SamlKeys, change: Partial<IdentityProvider> = {}): IdentityProvider {
  return {
    name: 'Prøve',
    entityId: `${IDENTITY}/metadata`,
    ssoUrl: `${IDENTITY}/login`,
    cvr: SIGN_IN.cvr,
    delegated: [],
    certificates: [keys.provider.certificate],
    ...change,
  };
}

/**
 * Starts a server with the routes of sign-in, sessions and logout.
 * @param providersOf the identity providers, once their keys are made
 * @param change parts that are otherwise than in operation
 */
export async function startSignInServer(
  providersOf: (keys: SamlKeys) => readonly IdentityProvider[] = (keys) => [providerOf(keys)],
  change: (parts: SamlParts) => Partial<SamlParts> = () => ({}),
): Promise<SignInServer> {
  const store = await startTestStore();
  const keys = await developmentSamlKeys(store.directory);
  const [facts, errors, expired]: [AuditFact[], unknown[], (string | null)[]] = [[], [], []];
  const sessions = accessIngest(store.client.db('access'));
  const now = () => new Date();
  const here = { url: '' };
  const publicUrl = () => here.url;
  const log = new SignInLog({ append: (added) => Promise.resolve(void facts.push(...added)) }, now);
  const usual: SamlParts = {
    service: new ServiceProvider({
      publicUrl,
      keys: keys.service,
      providers: providersOf(keys),
      once: (id, until) => sessions.once(id, until),
    }),
    keeper: new SessionKeeper(new AccessTokens(Buffer.alloc(32, 7), now), sessions, now),
    sessions,
    citizens: { resolve: () => Promise.resolve(new Map()) },
    log,
    publicUrl,
    now,
    isReady: () => true,
    onExpired: (cvr) => void expired.push(cvr),
    onError: (error) => void errors.push(error),
  };
  const parts = { ...usual, ...change(usual) };
  const app = Fastify();
  await app.register(cookie);
  await app.register(formbody);
  installSaml(app, parts);
  installSessions(app, parts);
  here.url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: here.url,
    keys,
    parts,
    store,
    facts,
    errors,
    expired,
    async [Symbol.asyncDispose]() {
      await app.close();
      await log.close();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** Begins a sign-in. @returns the address the browser is sent to */
export async function begin(
  server: SignInServer,
  agent: Agent,
  query: Record<string, string> = {},
): Promise<URL> {
  const { to } = await agent.send(`${server.url}/saml/login?${new URLSearchParams(query)}`);
  return new URL(to);
}

/** @returns the message of HTTP redirect that an address carries. */
export function messageIn(address: URL, name: 'SAMLRequest' | 'SAMLResponse'): string {
  return inflateRawSync(Buffer.from(address.searchParams.get(name)!, 'base64')).toString();
}

/** @returns the identity provider's answer to a request, in base64. @param change what it says otherwise */
export function answerTo(
  server: SignInServer,
  address: URL,
  change: Partial<ResponseSpec> = {},
): Promise<string> {
  const inResponseTo = / ID="([^"]+)"/.exec(messageIn(address, 'SAMLRequest'))![1]!;
  const spec: ResponseSpec = {
    issuer: `${IDENTITY}/metadata`,
    destination: `${server.url}/saml/acs`,
    audience: `${server.url}/saml/metadata`,
    inResponseTo,
    nameId: SIGN_IN.subject,
    attributes: attributesOf(SIGN_IN),
    sessionIndex: 'index',
    now: new Date(),
    seconds: 120,
    ...change,
  };
  const { key: signingKey, certificate: signingCertificate } = server.keys.provider;
  return buildResponse(spec, { signingKey, signingCertificate });
}

/** Brings an answer, as the identity provider's page makes a browser do. */
export function bringAnswer(server: SignInServer, agent: Agent, response: string): ReturnType<Agent['send']> {
  return agent.send(`${server.url}/saml/acs`, { form: { SAMLResponse: response } });
}

/**
 * @returns a browser that has signed in
 * @param change what the identity provider says otherwise
 * @param query how the sign-in begins
 */
export async function signedIn(
  server: SignInServer,
  {
    agent = new Agent(),
    change = {},
    query = {},
  }: { agent?: Agent; change?: Partial<ResponseSpec>; query?: Record<string, string> } = {},
): Promise<Agent> {
  const address = await begin(server, agent, query);
  const answer = await bringAnswer(server, agent, await answerTo(server, address, change));
  if (answer.status !== 303) throw new Error(`the sign-in was answered ${answer.status}`);
  return agent;
}
