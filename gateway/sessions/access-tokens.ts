import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { uuidShape } from '../../subgraphs/shared/scalars/uuid.js';

/** How long a browser's access token holds; the session behind it is looked at with every use. */
export const ACCESS_SECONDS = 300;
const CACHE = { max: 10_000, maxAgeMs: 60_000 };
const ISSUER = 'overblik-session';

const claimsShape = z.object({
  sid: uuidShape,
  browser: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  exp: z.number(),
  /** Milliseconds since 1970: what is known of the session must not be older. */
  after: z.number().optional(),
});

export type AccessClaims = z.infer<typeof claimsShape>;

/** Short tokens that name a session and the browser it belongs to, and nobody. */
export class AccessTokens {
  readonly #key: Uint8Array;
  readonly #verified = new LRUCache<string, AccessClaims>({ max: CACHE.max, ttl: CACHE.maxAgeMs });

  /** @param secret shared by every gateway of an installation; the key is derived from it for this use alone */
  constructor(
    secret: Buffer,
    readonly now: () => Date,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', ISSUER, 32));
  }

  /** @param after set when the session has just been changed: every gateway looks at it anew */
  issue(sid: string, browser: string, after?: Date): Promise<string> {
    const at = Math.floor(this.now().getTime() / 1000);
    return new SignJWT({ sid, browser, ...(after && { after: after.getTime() }) })
      .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt' })
      .setIssuer(ISSUER)
      .setIssuedAt(at)
      .setExpirationTime(at + ACCESS_SECONDS)
      .sign(this.#key);
  }

  /** @returns what a token says, or undefined for any that does not hold now. */
  async verify(token: string): Promise<AccessClaims | undefined> {
    const known = this.#verified.get(token) ?? (await this.#check(token));
    return known && known.exp > this.now().getTime() / 1000 ? known : undefined;
  }

  async #check(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        typ: 'session+jwt',
        issuer: ISSUER,
        currentDate: this.now(),
      });
      const claims = claimsShape.parse(payload);
      this.#verified.set(token, claims);
      return claims;
    } catch {
      // Not ours, or over: the same to whoever sent it.
      return undefined;
    }
  }
}
