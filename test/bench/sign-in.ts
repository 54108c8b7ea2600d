import type { MongoClient } from 'mongodb';
import { bearerVerifier } from '../../gateway/auth/bearer.js';
import { DevelopmentIdentityProvider } from '../../seed/development/identity-provider.js';
import { developmentSamlKeys } from '../../seed/development/saml-keys.js';
import { attributesOf } from '../../seed/development/saml-provider.js';
import { buildResponse, samlId } from '../../seed/development/saml-response.js';
import { makeAssertion } from '../../gateway/auth/assertion.js';
import { ServiceProvider } from '../../gateway/saml/service-provider.js';
import { AccessTokens } from '../../gateway/sessions/access-tokens.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { systemId } from '../../seed/source-systems.js';
import type { DevelopmentKeys } from '../../subgraphs/shared/settings/keys.js';

export interface SignInMeasured {
  /** Medians; microseconds for what is cached, milliseconds for the rest. */
  readonly bearerWarmUs: number;
  readonly sessionTokenWarmUs: number;
  readonly assertionMs: number;
  /** With HTTP and store, and beside the time in which the store was at work. */
  readonly ticketIssueMs: number;
  readonly ticketIssueOwnMs: number;
  readonly ticketRedeemMs: number;
  readonly ticketRedeemOwnMs: number;
}

const WARM = 20_000;
const COLD = 60;
const HERE = 'https://overblik.example';
const PROVIDER = 'https://identity.example/metadata';

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;
const now = () => new Date();

/** What sign-in costs; tickets with one HTTP call, whole and beside what the store took. */
export async function measureSignIn(
  url: string,
  store: MongoClient,
  directory: string,
  keys: DevelopmentKeys,
  caseId: string,
  cpr: string,
): Promise<SignInMeasured> {
  const tickets = await measureTickets(url, watchStore(store), keys, caseId, cpr);
  return { ...(await measureTokens(keys)), assertionMs: await measureAssertions(directory), ...tickets };
}

async function warm(check: () => Promise<unknown>): Promise<number> {
  await check();
  const started = performance.now();
  for (let i = 0; i < WARM; i++) await check();
  return ((performance.now() - started) * 1000) / WARM;
}

async function measureTokens(keys: DevelopmentKeys) {
  const provider = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
  const verify = bearerVerifier([provider.trustedIssuer()], 'overblik', now, () => Promise.resolve());
  const token = await provider.issue(SIGN_INS[0]!, now());
  const tokens = new AccessTokens(keys.cursor, now);
  const session = await tokens.issue('00000000-0000-4000-8000-000000000000', 'x'.repeat(43));
  return {
    bearerWarmUs: await warm(() => verify(token, 'bench')),
    sessionTokenWarmUs: await warm(() => tokens.verify(session)),
  };
}

async function measureAssertions(directory: string): Promise<number> {
  const { service: own, provider } = await developmentSamlKeys(directory);
  const service = new ServiceProvider({
    publicUrl: () => HERE,
    keys: own,
    providers: [
      {
        name: 'bench',
        entityId: PROVIDER,
        ssoUrl: 'https://identity.example/login',
        cvr: SIGN_INS[0]!.cvr,
        delegated: [],
        certificates: [provider.certificate],
      },
    ],
    once: () => Promise.resolve(true),
  });
  const times: number[] = [];
  for (let i = 0; i < COLD; i++) {
    const inResponseTo = samlId();
    const spec = {
      issuer: PROVIDER,
      destination: `${HERE}/saml/acs`,
      audience: `${HERE}/saml/metadata`,
      inResponseTo,
      nameId: SIGN_INS[0]!.subject,
      attributes: attributesOf(SIGN_INS[0]!),
      sessionIndex: 'index',
      now: now(),
      seconds: 120,
    };
    const { key: signingKey, certificate: signingCertificate } = provider;
    const response = await buildResponse(spec, {
      signingKey,
      signingCertificate,
      encryptTo: own.certificate,
    });
    const { cvr } = SIGN_INS[0]!;
    const request = { id: inResponseTo, browser: 'b', provider: PROVIDER, cvr, returnTo: '/', until: now() };
    const started = performance.now();
    await service.accept(response, request);
    times.push(performance.now() - started);
  }
  return median(times);
}

/** Begins a measurement; the returned function ends it: milliseconds in all, and those in which no command was at the store. */
type Stopwatch = () => { readonly all: number; readonly own: number };

/** @param client a connection that monitors its commands */
function watchStore(client: MongoClient): () => Stopwatch {
  let under = 0;
  let busySince = 0;
  let busy = 0;
  client.on('commandStarted', () => {
    if (under++ === 0) busySince = performance.now();
  });
  const ended = () => {
    if (--under === 0) busy += performance.now() - busySince;
  };
  client.on('commandSucceeded', ended);
  client.on('commandFailed', ended);
  return () => {
    const [started, before] = [performance.now(), busy];
    return () => {
      const all = performance.now() - started;
      return { all, own: all - (busy - before) };
    };
  };
}

async function measureTickets(
  url: string,
  start: () => Stopwatch,
  keys: DevelopmentKeys,
  caseId: string,
  cpr: string,
) {
  const { cvr, subject } = SIGN_INS[0]!;
  const body = JSON.stringify({ party: `urn:oio:cpr-nr:${cpr}`, caseId, user: { cvr, subject } });
  const [issue, redeem]: [ReturnType<Stopwatch>[], ReturnType<Stopwatch>[]] = [[], []];
  for (let i = 0; i < COLD; i++) {
    const assertion = await makeAssertion(systemId('KSD'), keys.ksd, 'overblik-feed', now());
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${assertion}` };
    const issued = start();
    const response = await fetch(`${url}/context/v1/tickets`, { method: 'POST', headers, body });
    const ticket = (await response.json()) as { url: string };
    issue.push(issued());
    const redeemed = start();
    const opened = await fetch(ticket.url, { redirect: 'manual' });
    redeem.push(redeemed());
    if (opened.status !== 303) throw new Error(`a ticket answered ${opened.status}`);
  }
  return {
    ticketIssueMs: median(issue.map(({ all }) => all)),
    ticketIssueOwnMs: median(issue.map(({ own }) => own)),
    ticketRedeemMs: median(redeem.map(({ all }) => all)),
    ticketRedeemOwnMs: median(redeem.map(({ own }) => own)),
  };
}
