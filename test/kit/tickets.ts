import { CompactEncrypt, SignJWT, importJWK, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { makeAssertion } from '../../gateway/auth/assertion.js';
import { systemId } from '../../seed/source-systems.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import type { Stack } from './stack.js';

/** What a source system asks the overview to be opened on. */
export interface AskedJump {
  readonly party: string;
  readonly caseId?: string | undefined;
  readonly purpose?: string;
  readonly user: { readonly cvr: string; readonly subject: string };
}

/** Asks for a ticket as KSD does. @returns the address it opens the overview at */
export async function ticketFor(stack: Stack, asked: AskedJump): Promise<string> {
  const { ksd } = await developmentKeys(stack.directory);
  const token = await makeAssertion(systemId('KSD'), ksd, 'overblik-feed', new Date());
  const response = await fetch(`${stack.url}/context/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(asked),
  });
  if (!response.ok) throw new Error(`the ticket was answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { url: string }).url;
}

export interface LinkOptions {
  readonly signer?: JWK;
  readonly audience?: string;
  readonly seconds?: number;
  /** Whom the link is encrypted to; Overblik when left out. */
  readonly to?: JWK;
}

/** @returns the address of an encrypted, signed link as KSD makes it, or bent. */
export async function linkFor(stack: Stack, asked: AskedJump, options: LinkOptions = {}): Promise<string> {
  const { ksd } = await developmentKeys(stack.directory);
  const { keys } = (await (await fetch(`${stack.url}/context/v1/keys`)).json()) as { keys: JWK[] };
  const { signer = ksd, audience = `${stack.url}/open`, seconds = 60, to = keys[0]! } = options;
  const at = Math.floor(Date.now() / 1000);
  const signed = await new SignJWT({ target: asked })
    .setProtectedHeader({ alg: 'ES256', kid: signer.kid! })
    .setIssuer(systemId('KSD'))
    .setAudience(audience)
    .setIssuedAt(at)
    .setExpirationTime(at + seconds)
    .setJti(randomUUID())
    .sign(await importJWK(signer, 'ES256'));
  const link = await new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
    .encrypt(await importJWK(to, 'ECDH-ES+A256KW'));
  return `${stack.url}/open?link=${link}`;
}
