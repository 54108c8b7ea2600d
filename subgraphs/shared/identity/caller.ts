import { z } from 'zod';
import type { Asker } from '../policy/facts.js';
import type { Agreement, Grant } from '../policy/grants.js';
import { type SectionName, SECTIONS } from '../policy/sections.js';
import { agreementShape, grantShape, kindShape } from './grant-shapes.js';
import { type Hypothesis, hypothesisShape } from './hypothesis.js';

/** Why a person's look-up raises an alarm (docs/field.md, The log). */
export type WatchReason = 'OWN_RECORD' | 'KIN' | 'COLLEAGUE' | 'BREAK_GLASS';

export interface WatchedPerson {
  readonly person: string;
  readonly why: WatchReason;
}

export interface SourceWithoutAgreement {
  readonly source: string;
  readonly name: string;
  readonly kinds: readonly Agreement['kinds'][number][];
}

/** Who calls and with which rights, as the gateway resolved it. */
export interface Caller extends Asker {
  /** Id of the user at the identity provider. */
  readonly subject: string;
  /** The authority the user works in. */
  readonly cvr: string;
  readonly unit: string | null;
  /** The caller's own person id, when known. */
  readonly personId: string | null;
  readonly jumps: readonly string[];
  readonly grants: readonly Grant[];
  readonly agreements: readonly Agreement[];
  /** Source systems whose agreement with the caller's authority is requested or ended: they give nothing, and sections say so. */
  readonly withoutAgreement: readonly SourceWithoutAgreement[];
  /** The caller's own lifts by break-glass, with the end of each (ISO 8601). */
  readonly lifts: readonly { readonly person: string; readonly until: string }[];
  /** Persons whose records raise an alarm in the log when looked up, and why. */
  readonly watched: readonly WatchedPerson[];
  /** Sections the municipality does not use. */
  readonly sectionsOff: readonly SectionName[];
  /** Types of remarks the municipality uses. */
  readonly remarkTypes: readonly string[];
  /** Headings the municipality has prepared for journal notes. */
  readonly noteHeadings: readonly string[];
  /** Codes of the source systems that take notes on their cases. */
  readonly noteReceivers: readonly string[];
  /** Version of the mappings and agreements the grants were read at. */
  readonly accessVersion: number;
}

/** What an internal identity says. */
export interface IdentityClaims {
  /**
   * `caller` speaks for a user; `gateway` for the gateway itself and has no grants; `simulate` asks for a user what
   * others would be shown, and can get counts, ids and rule codes only.
   */
  readonly kind: 'caller' | 'gateway' | 'simulate';
  readonly audience: string;
  readonly caller: Caller;
  /** What is simulated; null unless `kind` is `simulate`. */
  readonly hypothesis: Hypothesis | null;
  /**
   * For a break-glass: the person it is about, when a lift could open that person at all; null when there is none such, or
   * nothing of the kind is asked.
   */
  readonly liftable: string | null;
  readonly purpose: string | null;
  /** Groups everything read while one person is open (header overblik-lookup). */
  readonly lookupId: string | null;
  readonly requestId: string;
  /** Name of the caller's own operation; the gateway's name for the call to the subgraph is in the body. */
  readonly operationName: string | null;
  /** SHA-256 over query, operation name and variables of the call this identity belongs to. */
  readonly bodyHash: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly jti: string;
}

/** Shape of the claims as they travel; anything else is refused. */
export const identityClaimsShape = z.strictObject({
  kind: z.enum(['caller', 'gateway', 'simulate']),
  audience: z.string(),
  caller: z.strictObject({
    subject: z.string().min(1),
    cvr: z.string(),
    unit: z.string().nullable(),
    personId: z.string().nullable(),
    jumps: z.array(z.string()),
    grants: z.array(grantShape),
    agreements: z.array(agreementShape),
    withoutAgreement: z.array(
      z.strictObject({ source: z.string(), name: z.string(), kinds: z.array(kindShape) }),
    ),
    barred: z.array(z.string()),
    lifted: z.array(z.string()),
    lifts: z.array(z.strictObject({ person: z.string(), until: z.iso.datetime() })),
    watched: z.array(
      z.strictObject({ person: z.string(), why: z.enum(['OWN_RECORD', 'KIN', 'COLLEAGUE', 'BREAK_GLASS']) }),
    ),
    sectionsOff: z.array(z.enum(SECTIONS)),
    remarkTypes: z.array(z.string()),
    noteHeadings: z.array(z.string()),
    noteReceivers: z.array(z.string()),
    accessVersion: z.number(),
  }),
  hypothesis: hypothesisShape.nullable(),
  liftable: z.string().nullable(),
  purpose: z.string().nullable(),
  lookupId: z.string().nullable(),
  requestId: z.string().min(1),
  operationName: z.string().nullable(),
  bodyHash: z.string().length(43),
  issuedAt: z.number(),
  expiresAt: z.number(),
  jti: z.string().min(16),
});
