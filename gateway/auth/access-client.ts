import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import { asGateway } from '../../subgraphs/shared/identity/as-gateway.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { type Hypothesis, hypothesisShape } from '../../subgraphs/shared/identity/hypothesis.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import { type SubgraphTransport, withDeadline } from '../transport/transport.js';
import { HYPOTHESIS_QUERY, readResolved, RESOLVE_QUERY, type Resolved } from './resolved.js';
import { AUTHENTICATE_QUERY, type DeliveringSystem, readSystem, SYSTEM_QUERY } from './system.js';

/** How old a version may be for a decision to rest on it. */
const MAX_VERSION_AGE_MS = 5000;
const POLL_MS = 1000;
/** Authorities polled at once, and how long one is polled after its last use. */
const MAX_AUTHORITIES = 500;
const AUTHORITY_IDLE_MS = 10 * 60_000;
const RESOLVED = { max: 5000, maxAgeMs: 10 * 60_000 };
/** A call that takes longer than a version may be old could not be decided on anyway. */
const CALL_TIMEOUT_MS = 4500;

const VERSION_QUERY = 'query AccessVersion($cvr: CVR!) { accessVersion(cvr: $cvr) }';
/** The order of a token's roles, and saying one twice, makes no other caller. */
function distinctRoles({ roles }: TokenFacts) {
  const distinct = new Map(
    roles.map(({ scope: _, ...role }) => [
      JSON.stringify([role.uri, role.kle, role.sensitivity, role.units]),
      role,
    ]),
  );
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, role]) => role);
}

/** A caller, and how many look-ups the caller may make in an hour. */
export interface LimitedCaller {
  readonly caller: Caller;
  readonly lookUpsPerHour: number;
}

function callerOf(
  { subject, cvr, unit, personId, jumps = [] }: TokenFacts,
  resolved: Resolved,
): LimitedCaller {
  const { version: accessVersion, lookUpsPerHour, ...rights } = resolved;
  return { caller: { subject, cvr, unit, personId, jumps, ...rights, accessVersion }, lookUpsPerHour };
}

interface KnownVersion {
  readonly version: number;
  /** Monotonic milliseconds. */
  readonly checkedAt: number;
  readonly usedAt: number;
}

export interface AccessClientOptions {
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
  /** How long one call may take. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Turns tokens into callers. Grants are cached by authority, roles and version; the version of each authority in use is
 * polled every second, and one older than five seconds means no decision.
 */
export class AccessClient {
  readonly #versions = new LRUCache<string, KnownVersion>({ max: MAX_AUTHORITIES, ttl: AUTHORITY_IDLE_MS });
  readonly #resolved = new LRUCache<string, Resolved>({ max: RESOLVED.max, ttl: RESOLVED.maxAgeMs });
  /** By what was resolved, which is one user's: callers who follow no jump. */
  readonly #callers = new WeakMap<Resolved, LimitedCaller>();
  #timer: NodeJS.Timeout | undefined;

  readonly #clock: () => number;
  readonly #timeoutMs: number;

  constructor(
    readonly transport: SubgraphTransport,
    readonly now: () => Date,
    { clock = () => performance.now(), timeoutMs = CALL_TIMEOUT_MS }: AccessClientOptions = {},
  ) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** Starts polling the versions of authorities in use. */
  start(): void {
    this.#timer = setInterval(() => void this.pollOnce(), POLL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @returns the caller of a token; throws ACCESS_UNAVAILABLE when nothing recent enough is known. */
  async resolve(facts: TokenFacts, requestId: string): Promise<Caller> {
    return (await this.resolveLimited(facts, requestId)).caller;
  }

  /** @returns the caller of a token with what limits the caller; throws as `resolve`. */
  async resolveLimited(facts: TokenFacts, requestId: string): Promise<LimitedCaller> {
    const version = await this.#currentVersion(facts.cvr);
    const roles = distinctRoles(facts);
    const { cvr, subject, unit, personId, assurance } = facts;
    const variables = { cvr, subject, unit, personId, assurance, roles };
    const key = createHash('sha256')
      .update(JSON.stringify([version, variables]))
      .digest('base64url');
    const resolved = this.#resolved.get(key) ?? (await this.#fetchResolved(variables, requestId));
    if (resolved.version === version) this.#resolved.set(key, resolved);
    if (facts.jumps && facts.jumps.length > 0) return callerOf(facts, resolved);
    // The same object each time: what is compiled of a caller's rights is kept by it.
    const caller = this.#callers.get(resolved) ?? callerOf(facts, resolved);
    this.#callers.set(resolved, caller);
    return caller;
  }

  /** @returns the IT system an assertion speaks for; null when it is refused, undefined when nobody can say. */
  async authenticateSystem(
    assertion: string,
    audience: string,
  ): Promise<DeliveringSystem | null | undefined> {
    try {
      return readSystem(
        await this.#ask(AUTHENTICATE_QUERY, 'AuthenticateSystem', { assertion, audience }, 'feed'),
      );
    } catch {
      // The access subgraph does not answer: that is no refusal.
      return undefined;
    }
  }

  /** @returns a registered IT system; null for none, undefined when nobody can say. */
  async systemById(id: string): Promise<DeliveringSystem | null | undefined> {
    try {
      return readSystem(await this.#ask(SYSTEM_QUERY, 'DeliveringSystem', { id }, 'messages'));
    } catch {
      return undefined;
    }
  }

  /** @returns what a caller's own simulation asks, or undefined. */
  async hypothesis(caller: Caller, id: string, requestId: string): Promise<Hypothesis | undefined> {
    const { subject, cvr } = caller;
    const data = await this.#ask(HYPOTHESIS_QUERY, 'Hypothesis', { id, subject, cvr }, requestId);
    const answer = z.object({ hypothesis: z.string().nullable() }).safeParse(data);
    if (!answer.success) throw codedError('ACCESS_UNAVAILABLE');
    if (answer.data.hypothesis === null) return undefined;
    return hypothesisShape.parse(JSON.parse(answer.data.hypothesis));
  }

  /** @returns whether a subgraph answers the gateway's own identity at all; for readiness. */
  async reaches(transport: SubgraphTransport): Promise<boolean> {
    const body = { query: '{ __typename }', operationName: null, variables: {} };
    const { name: audience } = transport;
    const identity = asGateway(audience, body, 'readiness', this.now());
    const answer = await withDeadline(audience, this.#timeoutMs, (signal) =>
      transport.execute(body, identity, signal),
    );
    return answer.errors === undefined;
  }

  /** Asks for the version of every authority in use. A failed poll leaves the last answer to grow old. */
  async pollOnce(): Promise<void> {
    const idleBefore = this.#clock() - AUTHORITY_IDLE_MS;
    const inUse = [...this.#versions.entries()].filter(([, known]) => known.usedAt > idleBefore);
    await Promise.all(inUse.map(([cvr]) => this.#fetchVersion(cvr).catch(() => undefined)));
  }

  async #currentVersion(cvr: string): Promise<number> {
    const known = this.#versions.get(cvr);
    const fresh = known && this.#clock() - known.checkedAt <= MAX_VERSION_AGE_MS;
    if (!fresh) return this.#fetchVersion(cvr);
    this.#versions.set(cvr, { ...known, usedAt: this.#clock() });
    return known.version;
  }

  async #fetchVersion(cvr: string): Promise<number> {
    const askedAt = this.#clock();
    const data = await this.#ask(VERSION_QUERY, 'AccessVersion', { cvr }, 'access-version');
    const version = z.object({ accessVersion: z.number() }).safeParse(data);
    if (!version.success) throw codedError('ACCESS_UNAVAILABLE');
    const usedAt = this.#versions.peek(cvr)?.usedAt ?? askedAt;
    this.#versions.set(cvr, { version: version.data.accessVersion, checkedAt: askedAt, usedAt });
    return version.data.accessVersion;
  }

  async #fetchResolved(variables: Record<string, unknown>, requestId: string): Promise<Resolved> {
    const resolved = readResolved(await this.#ask(RESOLVE_QUERY, 'ResolveCaller', variables, requestId));
    if (!resolved) throw codedError('ACCESS_UNAVAILABLE');
    return resolved;
  }

  async #ask(
    query: string,
    operationName: string,
    variables: Record<string, unknown>,
    requestId: string,
  ): Promise<unknown> {
    const body = { query, operationName, variables };
    const identity = asGateway('access', body, requestId, this.now());
    try {
      const call = (signal: AbortSignal) => this.transport.execute(body, identity, signal);
      const result = await withDeadline('access', this.#timeoutMs, call);
      return result.errors ? undefined : result.data;
    } catch {
      throw codedError('ACCESS_UNAVAILABLE');
    }
  }
}
