import { createHash } from 'node:crypto';
import { decodeJwt, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import { readTokenClaims, type TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import { KeysUnavailable, remoteKeys } from './remote-keys.js';

/** An issuer whose tokens are accepted, and where its keys come from. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Signatures its tokens may bear. */
  readonly algorithms: readonly TokenAlgorithm[];
  /** CVR numbers of the authorities it speaks for; its tokens for any other are refused. */
  readonly cvrs: readonly string[];
}

/** A token with a good signature, for an authority that its issuer does not speak for. */
export interface ForeignToken {
  readonly issuer: string;
  readonly cvr: string;
  readonly subject: string;
}

/** Signatures a trusted issuer may be configured with. */
export const TOKEN_ALGORITHMS = ['ES256', 'ES384', 'PS256', 'RS256'] as const;
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

/** @returns what a token says; undefined for one that is not accepted. @throws ACCESS_UNAVAILABLE when an issuer's keys cannot be had */
export type VerifyBearer = (token: string, requestId: string) => Promise<TokenFacts | undefined>;
/** Records a refusal; nothing is answered before that is done. */
export type RecordForeign = (foreign: ForeignToken, requestId: string) => Promise<void>;

const MAX_TOKEN_LENGTH = 16_384;
const MAX_LIFETIME_SECONDS = 24 * 3600;
const CACHE = { max: 10_000, maxAgeMs: 60_000 };
const CLOCK_SKEW_SECONDS = 30;

/** @returns an issuer with keys fetched from its JWKS address. */
export function remoteIssuer({
  jwksUrl,
  ...issuer
}: Omit<TrustedIssuer, 'keys'> & { readonly jwksUrl: string }): TrustedIssuer {
  return { ...issuer, keys: remoteKeys(jwksUrl) };
}

/**
 * @param audience the `aud` a token must carry
 * @param recordForeign called once a minute for each token for an authority that its issuer does not speak for
 * @returns a verifier: facts, or undefined for any token that is not acceptable, whatever the reason. What was found is
 * remembered by the token's hash for at most a minute and never beyond the token's expiry.
 */
export function bearerVerifier(
  issuers: readonly TrustedIssuer[],
  audience: string,
  now: () => Date,
  recordForeign: RecordForeign,
): VerifyBearer {
  const verified = new LRUCache<string, TokenFacts>({ max: CACHE.max, ttl: CACHE.maxAgeMs });
  const refused = new LRUCache<string, true>({ max: CACHE.max, ttl: CACHE.maxAgeMs });
  return async (token, requestId) => {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    const key = createHash('sha256').update(token).digest('base64url');
    const seconds = now().getTime() / 1000;
    const known = verified.get(key);
    if (known) return known.expiresAt > seconds ? known : undefined;
    if (refused.has(key)) return undefined;
    let foreign: ForeignToken | undefined;
    let isUndecided = false;
    for (const issuer of issuers) {
      const facts = await verifyWith(issuer, token, audience, now);
      if (facts === 'UNDECIDED') isUndecided = true;
      if (facts === undefined || facts === 'UNDECIDED') continue;
      if (issuer.cvrs.includes(facts.cvr)) {
        const age = Math.min(CACHE.maxAgeMs, (facts.expiresAt - seconds) * 1000);
        verified.set(key, facts, { ttl: Math.max(1, age) });
        return facts;
      }
      foreign = { issuer: issuer.issuer, cvr: facts.cvr, subject: facts.subject };
    }
    if (foreign) {
      await recordForeign(foreign, requestId);
      refused.set(key, true);
    } else if (isUndecided) throw codedError('ACCESS_UNAVAILABLE');
    return undefined;
  };
}

/** @returns whether a token names an issuer; nothing of it is checked yet, and no key is fetched for another's token */
function isIssuedBy(token: string, issuer: string): boolean {
  try {
    return decodeJwt(token).iss === issuer;
  } catch {
    return false;
  }
}

/** @returns what a token says; UNDECIDED when the issuer's keys cannot be had. */
async function verifyWith(
  { issuer, keys, algorithms }: TrustedIssuer,
  token: string,
  audience: string,
  now: () => Date,
): Promise<TokenFacts | 'UNDECIDED' | undefined> {
  if (!isIssuedBy(token, issuer)) return undefined;
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [...algorithms],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'jti', 'cvr', 'job_function_roles'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now(),
    });
    const facts = readTokenClaims(payload);
    const lifetime = facts.expiresAt - facts.issuedAt;
    const early = facts.issuedAt > now().getTime() / 1000 + CLOCK_SKEW_SECONDS;
    return lifetime > MAX_LIFETIME_SECONDS || early ? undefined : facts;
  } catch (error) {
    if (error instanceof KeysUnavailable) return 'UNDECIDED';
    // Not valid: the caller learns only that it is refused.
    return undefined;
  }
}
