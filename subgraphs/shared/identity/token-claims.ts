import { z } from 'zod';
import { type Assurance, assuranceOf } from '../policy/assurance.js';
import { textShape, verbatimShape } from '../scalars/clean-text.js';
import { canonicalId, uuidShape } from '../scalars/uuid.js';
import { type PrivilegeList, readPrivilegeList, type TokenRole } from './privilege-list.js';

/** What a token says. */
export interface TokenFacts {
  readonly subject: string;
  readonly cvr: string;
  readonly roles: readonly TokenRole[];
  /** Parts of the token's privilege list that give nothing. */
  readonly voids: PrivilegeList['voids'];
  readonly unit: string | null;
  readonly personId: string | null;
  /** How sure the identity provider is; LOW when it does not say. */
  readonly assurance: Assurance;
  /** Persons a jump has brought within reach of this session. */
  readonly jumps?: readonly string[];
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const MAX_ROLES = 200;

/** Claims of the wrong shape give no rights at all, never all of them. */
const claimsShape = z.object({
  sub: verbatimShape(200).overwrite(canonicalId),
  cvr: z.string().regex(/^\d{8}$/),
  job_function_roles: z.array(textShape(300)).max(MAX_ROLES),
  /** OIO Basic Privilege Profile list, base64: job-function roles with constraint values. */
  privileges: z.string().optional(),
  exp: z.number().int(),
  iat: z.number().int(),
  jti: verbatimShape(200),
  unit: uuidShape.optional(),
  person_id: uuidShape.optional(),
  loa: verbatimShape(200).or(z.literal('')).optional(),
});

/**
 * Reads the claims of a token. The signature is somebody else's business: the gateway checks it before, the token
 * simulator says that it does not.
 * @throws when a claim is missing or malformed, or the privilege list is refused
 */
export function readTokenClaims(payload: unknown): TokenFacts {
  const claims = claimsShape.parse(payload);
  const listed =
    claims.privileges === undefined
      ? { roles: [], voids: [] }
      : readPrivilegeList(claims.privileges, claims.cvr);
  const plain = claims.job_function_roles.map((uri): TokenRole => ({ uri, scope: claims.cvr }));
  return {
    subject: claims.sub,
    cvr: claims.cvr,
    roles: [...plain, ...listed.roles],
    voids: listed.voids,
    unit: claims.unit ?? null,
    personId: claims.person_id ?? null,
    assurance: assuranceOf(claims.loa ?? '') ?? 'LOW',
    issuedAt: claims.iat,
    expiresAt: claims.exp,
  };
}
