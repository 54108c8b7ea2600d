import { z } from 'zod';
import type { Agreement, Grant } from '../policy/grants.js';
import type { Requester } from '../policy/facts.js';

/** Who calls and with which rights, as the gateway resolved it (design.md §5). */
export interface Caller extends Requester {
  /** Id of the user at the identity provider. */
  readonly subject: string;
  /** The authority the user works in. */
  readonly cvr: string;
  readonly unit: string | null;
  /** The caller's own person id, when known. */
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  readonly agreements: readonly Agreement[];
  /** Version of the mappings and agreements the grants were read at. */
  readonly accessVersion: number;
}

/** What an internal identity says. */
export interface IdentityClaims {
  /** `caller` speaks for a user; `gateway` for the gateway itself and has no grants. */
  readonly kind: 'caller' | 'gateway';
  readonly audience: string;
  readonly caller: Caller;
  readonly purpose: string | null;
  /** Groups everything read while one person is open (header overblik-lookup). */
  readonly lookupId: string | null;
  readonly requestId: string;
  readonly operationName: string | null;
  /** SHA-256 over query, operation name and variables of the call this identity belongs to. */
  readonly bodyHash: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly jti: string;
}

const grant = z.object({
  role: z.string(),
  cvr: z.string(),
  kle: z.array(z.string()).optional(),
  sensitivity: z.number().int().min(1).max(4).optional(),
  units: z.array(z.string()).optional(),
});

const agreement = z.object({
  source: z.string(),
  name: z.string(),
  cvr: z.string(),
  kinds: z.array(z.enum(['persons', 'cases', 'documents', 'benefits', 'alerts'])),
  kle: z.array(z.string()),
  sensitivity: z.number().int().min(1).max(4),
  crossAuthority: z.boolean(),
  staleAfterHours: z.number().positive(),
});

/** Shape of the claims as they travel; anything else is refused. */
export const identityClaimsShape = z.strictObject({
  kind: z.enum(['caller', 'gateway']),
  audience: z.string(),
  caller: z.strictObject({
    subject: z.string().min(1),
    cvr: z.string(),
    unit: z.string().nullable(),
    personId: z.string().nullable(),
    grants: z.array(grant),
    agreements: z.array(agreement),
    accessVersion: z.number(),
  }),
  purpose: z.string().nullable(),
  lookupId: z.string().nullable(),
  requestId: z.string().min(1),
  operationName: z.string().nullable(),
  bodyHash: z.string().length(43),
  issuedAt: z.number(),
  expiresAt: z.number(),
  jti: z.string().min(16),
});
