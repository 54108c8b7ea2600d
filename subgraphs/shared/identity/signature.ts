import { CompactSign, compactVerify, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { present } from '../certain/present.js';
import { type IdentityClaims, identityClaimsShape } from './caller.js';
import type { InternalIdentity } from './internal-identity.js';

const TYPE = 'overblik-identity+jws';
const ALGORITHM = 'ES256';

export type SignIdentity = (identity: InternalIdentity) => Promise<string>;
export type VerifyIdentity = (token: string) => Promise<IdentityClaims>;

/** @returns a signer over a private ES256 key (JWK with `kid`). */
export async function identitySigner(privateKey: JWK): Promise<SignIdentity> {
  const key = await importJWK(privateKey, ALGORITHM);
  const header = { alg: ALGORITHM, typ: TYPE, kid: present(privateKey.kid, 'the id of a key') };
  return (identity) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(identity.claims)))
      .setProtectedHeader(header)
      .sign(key);
}

/**
 * @param keys public keys that count; two during a rotation
 * @returns a verifier of signature, type and shape. Audience, expiry and body are checked by `requireIdentity`.
 */
export function identityVerifier(keys: JSONWebKeySet): VerifyIdentity {
  const keySet = createLocalJWKSet(keys);
  return async (token) => {
    const { payload, protectedHeader } = await compactVerify(token, keySet, { algorithms: [ALGORITHM] });
    if (protectedHeader.typ !== TYPE) throw new Error('wrong token type');
    return identityClaimsShape.parse(JSON.parse(new TextDecoder().decode(payload)));
  };
}
