import { randomUUID } from 'node:crypto';
import { CompactEncrypt, importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { present } from '../../../subgraphs/shared/certain/present.js';
import { systemId } from '../../source-systems.js';
import { DevelopmentIdentityProvider } from '../identity-provider.js';
import { SIGN_INS } from '../sign-ins.js';

export interface OverblikOptions {
  readonly overblikUrl: string;
  /** The stand-in's own private key. */
  readonly key: JWK;
  readonly identityKey: JWK;
  readonly ticketAudience: string;
  readonly tokenAudience: string;
  readonly production: boolean;
}

/** A case as the stand-in lists it. */
export interface KsdCase {
  readonly id: string;
  readonly caseNumber: string;
  readonly title: string;
  readonly state: string;
  readonly citizen: string;
  readonly cpr: string;
}

/** Whom and what a jump is about. */
export interface Jump {
  readonly cpr: string;
  readonly caseId: string;
  /** Name of the development sign-in it is for. */
  readonly as: string;
}

const CASES = `query KsdCases($id: ID!) { citizen(id: $id) {
  cases { cases(first: 20, filter: { sourceSystems: ["KSD"] }) { edges { node { id caseNumber title state } } } } } }`;
const SECONDS = 60;

const directoryShape = z.object({
  stories: z.array(z.object({ slug: z.string(), citizenId: z.string(), cpr: z.string(), name: z.string() })),
});
const row = z.object({ id: z.string(), caseNumber: z.string(), title: z.string(), state: z.string() });
const casesShape = z.object({
  data: z.object({
    citizen: z
      .object({ cases: z.object({ cases: z.object({ edges: z.array(z.object({ node: row })) }) }) })
      .nullable(),
  }),
});
/** Stories whose people have a case in KSD. */
const STORIES = ['sickness-benefit', 'every-system'];

/** What the stand-in knows of Overblik: its own cases there, tickets, and links. */
export class Overblik {
  constructor(readonly options: OverblikOptions) {}

  /** @returns the stand-in's cases; a real KSD would have them itself. */
  async cases(): Promise<KsdCase[]> {
    const { overblikUrl } = this.options;
    const directory = directoryShape.parse(await (await fetch(`${overblikUrl}/dev/directory`)).json());
    const people = directory.stories.filter(({ slug }) => STORIES.includes(slug));
    const found = await Promise.all(
      people.map(async ({ citizenId, cpr, name }) => {
        const rows = await this.#casesOf(citizenId);
        return rows.map((ksdCase) => ({ ...ksdCase, citizen: name, cpr }));
      }),
    );
    return found.flat();
  }

  async #casesOf(citizenId: string): Promise<z.infer<typeof row>[]> {
    const { overblikUrl, identityKey, tokenAudience, production } = this.options;
    const provider = new DevelopmentIdentityProvider(identityKey, tokenAudience, production);
    const token = await provider.issue(signInOf('vip-cleared'), new Date());
    const response = await fetch(`${overblikUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: CASES, variables: { id: citizenId } }),
    });
    const { data } = casesShape.parse(await response.json());
    return data.citizen?.cases.cases.edges.map(({ node }) => node) ?? [];
  }

  /** @returns the address a ticket opens the overview at. */
  async ticketUrl(jump: Jump): Promise<string> {
    const { overblikUrl, key, ticketAudience } = this.options;
    const assertion = await makeAssertion(systemId('KSD'), key, ticketAudience, new Date());
    const response = await fetch(`${overblikUrl}/context/v1/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${assertion}` },
      body: JSON.stringify(targetOf(jump)),
    });
    if (!response.ok) throw new Error(`Overblik answered ${response.status}`);
    return z.object({ url: z.string() }).parse(await response.json()).url;
  }

  /** @returns the address of an encrypted, signed link: what a system sends that cannot ask for a ticket. */
  async linkUrl(jump: Jump): Promise<string> {
    const { overblikUrl, key } = this.options;
    const keys = z
      .object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) })
      .parse(await (await fetch(`${overblikUrl}/context/v1/keys`)).json());
    const issuedAt = Math.floor(Date.now() / 1000);
    const signed = await new SignJWT({ target: targetOf(jump) })
      .setProtectedHeader({ alg: 'ES256', kid: present(key.kid, 'the id of a key') })
      .setIssuer(systemId('KSD'))
      .setSubject(systemId('KSD'))
      .setAudience(`${overblikUrl}/open`)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + SECONDS)
      .setJti(randomUUID())
      .sign(await importJWK(key, 'ES256'));
    const link = await new CompactEncrypt(new TextEncoder().encode(signed))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(await importJWK(present(keys.keys[0], 'a key to encrypt to'), 'ECDH-ES+A256KW'));
    return `${overblikUrl}/open?link=${link}`;
  }
}

function targetOf({ cpr, caseId, as }: Jump) {
  const { cvr, subject } = signInOf(as);
  return { party: `urn:oio:cpr-nr:${cpr}`, caseId, user: { cvr, subject } };
}

function signInOf(name: string) {
  const found = SIGN_INS.find((signIn) => signIn.name === name);
  if (!found) throw new Error(`no sign-in ${name}`);
  return found;
}
