import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { present } from '../../subgraphs/shared/certain/present.js';

const SECONDS = 60;

/** @returns an assertion by which a system proves who it is (`private_key_jwt`, ES256, 60 seconds, used once). */
export async function makeAssertion(
  systemId: string,
  key: JWK,
  audience: string,
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: present(key.kid, 'the id of a key') })
    .setIssuer(systemId)
    .setSubject(systemId)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + SECONDS)
    .setJti(randomUUID())
    .sign(await importJWK(key, 'ES256'));
}
