import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JWK, SignJWT } from 'jose';
import type { TrustedIssuer } from '../../gateway/auth/bearer.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { publicKey } from '../../subgraphs/shared/settings/keys.js';
import { AUTHORITIES } from '../authorities.js';

/** A person who can sign in during development. */
export interface SignIn {
  /** Named by the job. */
  readonly name: string;
  readonly subject: string;
  readonly cvr: string;
  readonly unit: string | null;
  readonly jobFunctionRoles: readonly string[];
  /** An OIO Basic Privilege Profile list, base64, when roles come with constraint values. */
  readonly privileges?: string;
  /** What the sign-in is for, in a sentence. */
  readonly shows: string;
}

export const DEVELOPMENT_ISSUER = 'https://identity.overblik.invalid/development';
const LIFETIME_SECONDS = 8 * 3600;

/** Issues tokens with the development key. Refuses to exist in production. */
export class DevelopmentIdentityProvider {
  readonly #key: JWK;
  readonly #audience: string;

  constructor(key: JWK, audience: string, production: boolean) {
    if (production) throw new Error('the development identity provider refuses production');
    this.#key = key;
    this.#audience = audience;
  }

  /** @returns the issuer as the token verifier knows it. */
  trustedIssuer(): TrustedIssuer {
    return {
      issuer: DEVELOPMENT_ISSUER,
      keys: createLocalJWKSet({ keys: [publicKey(this.#key)] }),
      algorithms: ['ES256'],
      cvrs: AUTHORITIES.map(({ cvr }) => cvr),
    };
  }

  /** @returns a bearer token for a sign-in. */
  async issue(signIn: SignIn, now: Date): Promise<string> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    return new SignJWT({
      cvr: signIn.cvr,
      job_function_roles: [...signIn.jobFunctionRoles],
      loa: 'Substantial',
      ...(signIn.unit !== null && { unit: signIn.unit }),
      ...(signIn.privileges !== undefined && { privileges: signIn.privileges }),
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: present(this.#key.kid, 'the id of a key') })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(this.#audience)
      .setSubject(signIn.subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .setJti(randomUUID())
      .sign(await importJWK(this.#key, 'ES256'));
  }
}
