import { randomUUID } from 'node:crypto';
import { type BoundBody, hashBody } from './body-hash.js';
import type { Caller, IdentityClaims } from './caller.js';
import type { Hypothesis } from './hypothesis.js';

/** Seconds an internal identity holds. */
export const IDENTITY_SECONDS = 30;

const minted = new WeakSet<InternalIdentity>();

/**
 * The identity a subgraph acts on. Only `mintIdentity` and a verified signature make one: the constructor is private to
 * this module in effect, because an instance that was not minted here is refused.
 */
export class InternalIdentity {
  constructor(readonly claims: IdentityClaims) {
    Object.freeze(this);
  }
}

export interface MintRequest {
  readonly kind: IdentityClaims['kind'];
  readonly audience: string;
  readonly caller: Caller;
  /** Given exactly when `kind` is `simulate`. */
  readonly hypothesis?: Hypothesis;
  /** The person a break-glass may open. */
  readonly liftable?: string | null;
  readonly purpose: string | null;
  readonly lookupId: string | null;
  readonly requestId: string;
  /** Name of the caller's own operation, for the log; null when it has none. */
  readonly operationName: string | null;
  readonly body: BoundBody;
}

/** @returns an identity bound to one subgraph, one request body and the next 30 seconds. */
export function mintIdentity(request: MintRequest, now: Date): InternalIdentity {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return adoptIdentity({
    kind: request.kind,
    audience: request.audience,
    caller: request.caller,
    hypothesis: request.hypothesis ?? null,
    liftable: request.liftable ?? null,
    purpose: request.purpose,
    lookupId: request.lookupId,
    requestId: request.requestId,
    operationName: request.operationName,
    bodyHash: hashBody(request.body),
    issuedAt,
    expiresAt: issuedAt + IDENTITY_SECONDS,
    jti: randomUUID(),
  });
}

/** @returns an identity for claims whose origin is proven (minted here, or read from a verified signature). */
export function adoptIdentity(claims: IdentityClaims): InternalIdentity {
  const identity = new InternalIdentity(claims);
  minted.add(identity);
  return identity;
}

/** @returns whether the object was made by `mintIdentity` or from a verified signature. */
export function isMinted(candidate: unknown): candidate is InternalIdentity {
  return candidate instanceof InternalIdentity && minted.has(candidate);
}

/** The gateway's own caller: it may ask for versions and grants, and nothing about any person. */
export const GATEWAY_CALLER: Caller = {
  subject: 'gateway',
  cvr: '',
  unit: null,
  personId: null,
  jumps: [],
  grants: [],
  agreements: [],
  withoutAgreement: [],
  barred: [],
  lifted: [],
  lifts: [],
  watched: [],
  sectionsOff: [],
  remarkTypes: [],
  noteHeadings: [],
  noteReceivers: [],
  accessVersion: 0,
};
