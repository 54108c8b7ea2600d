import { codedError } from '../errors/coded-error.js';
import { type BoundBody, hashBody } from './body-hash.js';
import type { InternalIdentity } from './internal-identity.js';
import { adoptIdentity, IDENTITY_SECONDS, isMinted } from './internal-identity.js';
import type { VerifyIdentity } from './signature.js';

const CLOCK_SKEW_SECONDS = 5;
const MAX_REMEMBERED = 200_000;
const REMEMBER_MS = (IDENTITY_SECONDS + 2 * CLOCK_SKEW_SECONDS) * 1000;

/**
 * Ids of identities already used by this process, bounded in number and age. A full memory refuses new ids rather than
 * forget old ones: a replay never gets through for lack of room.
 */
export class ReplayMemory {
  /** Time of use by id; insertion order is age order. */
  readonly #seen = new Map<string, number>();

  constructor(
    readonly now: () => number,
    readonly max = MAX_REMEMBERED,
  ) {}

  /** @returns whether the id is used for the first time and there is room to remember it. */
  claim(jti: string): boolean {
    this.#forgetOld();
    if (this.#seen.has(jti) || this.#seen.size >= this.max) return false;
    this.#seen.set(jti, this.now());
    return true;
  }

  get size(): number {
    return this.#seen.size;
  }

  #forgetOld(): void {
    const oldest = this.now() - REMEMBER_MS;
    for (const [jti, at] of this.#seen) {
      if (at > oldest) return;
      this.#seen.delete(jti);
    }
  }
}

export interface IdentityGate {
  readonly audience: string;
  readonly replay: ReplayMemory;
  /** Undefined in a process that is only called in-process: every signed text is refused then. */
  readonly verify: VerifyIdentity | undefined;
  readonly now: () => Date;
}

/**
 * Lets a call in or throws IDENTITY_REFUSED. Text is a signed identity (over HTTP), an object one minted in this
 * process; both must be for this subgraph, in time, for exactly this body, and used once.
 */
export async function requireIdentity(
  candidate: unknown,
  body: BoundBody,
  gate: IdentityGate,
): Promise<InternalIdentity> {
  const identity = await originOf(candidate, gate);
  const { claims } = identity;
  const now = gate.now().getTime() / 1000;
  const inTime =
    claims.expiresAt > now - CLOCK_SKEW_SECONDS &&
    claims.issuedAt < now + CLOCK_SKEW_SECONDS &&
    claims.expiresAt - claims.issuedAt <= IDENTITY_SECONDS;
  if (claims.audience !== gate.audience || !inTime || claims.bodyHash !== hashBody(body))
    throw codedError('IDENTITY_REFUSED');
  if (!gate.replay.claim(claims.jti)) throw codedError('IDENTITY_REFUSED');
  return identity;
}

async function originOf(candidate: unknown, gate: IdentityGate): Promise<InternalIdentity> {
  if (isMinted(candidate)) return candidate;
  if (typeof candidate !== 'string' || gate.verify === undefined) throw codedError('IDENTITY_REFUSED');
  try {
    return adoptIdentity(await gate.verify(candidate));
  } catch {
    // Whatever is wrong with the signature, the caller learns only that it is refused.
    throw codedError('IDENTITY_REFUSED');
  }
}

export type { InternalIdentity };
