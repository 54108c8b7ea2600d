import { bearerVerifier } from '../../gateway/auth/bearer.js';
import { DevelopmentIdentityProvider } from '../../gateway/development/identity-provider.js';
import { developmentSamlKeys } from '../../gateway/development/saml-keys.js';
import { attributesOf } from '../../gateway/development/saml-provider.js';
import { buildResponse, samlId } from '../../gateway/development/saml-response.js';
import { makeAssertion } from '../../gateway/feed/assertion.js';
import { ServiceProvider } from '../../gateway/saml/service-provider.js';
import { AccessTokens } from '../../gateway/sessions/access-tokens.js';
import { SIGN_INS } from '../../seed/sign-ins.js';
import { systemId } from '../../seed/source-systems.js';
import type { DevelopmentKeys } from '../../subgraphs/shared/settings/keys.js';

export interface DoorsMeasured {
  /** Medians; microseconds for what is cached, milliseconds for the rest. */
  readonly bearerWarmUs: number;
  readonly sessionTokenWarmUs: number;
  readonly assertionMs: number;
  readonly ticketIssueMs: number;
  readonly ticketRedeemMs: number;
}

const WARM = 20_000;
const COLD = 60;
const HERE = 'https://overblik.example';
const PROVIDER = 'https://identity.example/metadata';

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;
const now = () => new Date();

/** What the doors cost: own time, and for tickets with the store of the running system and one HTTP call. */
export async function measureDoors(
  url: string,
  directory: string,
  keys: DevelopmentKeys,
  caseId: string,
  cpr: string,
): Promise<DoorsMeasured> {
  const tickets = await measureTickets(url, keys, caseId, cpr);
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
  const verify = bearerVerifier([provider.trustedIssuer()], 'overblik', now);
  const token = await provider.issue(SIGN_INS[0]!, now());
  const tokens = new AccessTokens(keys.cursor, now);
  const session = await tokens.issue('00000000-0000-4000-8000-000000000000', 'x'.repeat(43));
  return {
    bearerWarmUs: await warm(() => verify(token)),
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

async function measureTickets(url: string, keys: DevelopmentKeys, caseId: string, cpr: string) {
  const { cvr, subject } = SIGN_INS[0]!;
  const body = JSON.stringify({ party: `urn:oio:cpr-nr:${cpr}`, caseId, user: { cvr, subject } });
  const [issue, redeem]: [number[], number[]] = [[], []];
  for (let i = 0; i < COLD; i++) {
    const assertion = await makeAssertion(systemId('KSD'), keys.ksd, 'overblik-feed', now());
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${assertion}` };
    const started = performance.now();
    const response = await fetch(`${url}/context/v1/tickets`, { method: 'POST', headers, body });
    const ticket = (await response.json()) as { url: string };
    issue.push(performance.now() - started);
    const begun = performance.now();
    const opened = await fetch(ticket.url, { redirect: 'manual' });
    redeem.push(performance.now() - begun);
    if (opened.status !== 303) throw new Error(`a ticket answered ${opened.status}`);
  }
  return { ticketIssueMs: median(issue), ticketRedeemMs: median(redeem) };
}
