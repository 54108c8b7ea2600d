import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pairs } from '../../subgraphs/shared/certain/pairs.js';
import { danishDay } from '../../subgraphs/shared/days/danish-day.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { whenClosed } from '../../subgraphs/shared/runtime/when-closed.js';
import type { AccessClient } from '../auth/access-client.js';
import type { VerifyBearer } from '../auth/bearer.js';
import { bearerToken } from '../auth/bearer-token.js';
import { attempt, type OnError, Refusal } from '../http/attempt.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';

export interface EventParts {
  readonly access: AccessClient;
  readonly verify: VerifyBearer;
  readonly keeper: SessionKeeper;
  readonly ports: Pick<SubgraphPorts, 'alerts'>;
  readonly now: () => Date;
  readonly isReady: () => boolean;
  /** Called when a look failed. */
  readonly onError: OnError;
}

interface Listener {
  readonly key: string;
  /** The session it listens by; null by token. */
  readonly sid: string | null;
  readonly facts: TokenFacts;
  readonly reply: FastifyReply;
  readonly expiresAt: number;
}

const POLL_MS = 1000;
const BEAT_MS = 20_000;
/** Most listeners of one gateway, and of one user. */
const MAX_LISTENERS = { all: 2000, perUser: 5 } as const;
/** Changes written by another process may carry a time this much earlier than ours. */
const OVERLAP_MS = 1500;

/**
 * `GET /events` (server-sent events): tells a caseworker that the inbox has changed, and nothing else. Who is notified is
 * decided by the rights that show alerts; rights are resolved anew with every look.
 */
export function installEvents(app: FastifyInstance, parts: EventParts): void {
  const audience = new Audience(parts);
  const timer = setInterval(() => void audience.look(), POLL_MS).unref();
  const beat = setInterval(() => audience.beat(), BEAT_MS).unref();
  app.addHook('preClose', (done) => {
    clearInterval(timer);
    clearInterval(beat);
    audience.leave();
    done();
  });
  const { isReady, onError } = parts;
  app.get('/events', (request, reply) =>
    attempt({ isReady, onError, failed: 'ACCESS_UNAVAILABLE' }, reply, async (requestId) => {
      const known = await verified(parts, request, requestId);
      if (!known) throw new Refusal('UNAUTHENTICATED');
      if (!audience.hasRoomFor(known.facts)) throw new Refusal('TOO_MANY_REQUESTS');
      audience.join(known, reply);
      return reply;
    }),
  );
}

/** Who listens at this gateway. */
class Audience {
  readonly #listeners = new Map<string, Listener>();
  #since: Date;
  #busy = false;

  constructor(readonly parts: EventParts) {
    this.#since = parts.now();
  }

  /** Tells those to whose inbox something has happened since the look before. */
  async look(): Promise<void> {
    if (this.#busy || this.#listeners.size === 0) return;
    this.#busy = true;
    try {
      this.#since = await tell(this.parts, this.#listeners, this.#since);
    } catch (error) {
      // The next look covers the same time again.
      this.parts.onError(error, 'events');
    } finally {
      this.#busy = false;
    }
  }

  /** Keeps connections open that proxies would take for idle. */
  beat(): void {
    for (const { reply } of this.#listeners.values()) reply.raw.write(': still here\n\n');
  }

  leave(): void {
    for (const { reply } of this.#listeners.values()) reply.raw.end();
  }

  hasRoomFor({ cvr, subject }: TokenFacts): boolean {
    const own = [...this.#listeners.values()].filter(
      ({ facts }) => facts.cvr === cvr && facts.subject === subject,
    );
    return this.#listeners.size < MAX_LISTENERS.all && own.length < MAX_LISTENERS.perUser;
  }

  join({ facts, sid }: Verified, reply: FastifyReply): void {
    if (this.#listeners.size === 0) this.#since = this.parts.now();
    const key = randomUUID();
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'overblik-request': reply.request.id,
    });
    reply.raw.write(': listening\n\n');
    this.#listeners.set(key, { key, sid, facts, reply, expiresAt: facts.expiresAt * 1000 });
    whenClosed(reply, () => this.#listeners.delete(key));
  }
}

interface Verified {
  readonly facts: TokenFacts;
  readonly sid: string | null;
}

/** @returns who listens; undefined when nobody is signed in */
async function verified(
  { verify, keeper }: EventParts,
  request: FastifyRequest,
  requestId: string,
): Promise<Verified | undefined> {
  if (request.headers.authorization === undefined) {
    const answer = await keeper.callerOf(request);
    return 'caller' in answer ? answer.caller : undefined;
  }
  const token = bearerToken(request.headers);
  const facts = token === undefined ? undefined : await verify(token, requestId);
  return facts && { facts, sid: null };
}

/** Asks to whose inbox something has happened, and tells them. @returns the time up to which has been asked */
async function tell(parts: EventParts, listeners: Map<string, Listener>, since: Date): Promise<Date> {
  const now = parts.now();
  for (const { key, sid, expiresAt, reply } of listeners.values()) {
    // A session is kept alive by use and ended by a sign-out: what it was when the listening began says neither.
    const holds = sid === null ? expiresAt > now.getTime() : await parts.keeper.isLive(sid);
    if (holds) continue;
    reply.raw.end();
    listeners.delete(key);
  }
  const callers = await callersOf(parts, [...listeners.values()]);
  const from = new Date(since.getTime() - OVERLAP_MS);
  const concerned = await parts.ports.alerts.concerned(from, callers, danishDay(now));
  for (const key of concerned)
    listeners
      .get(key)
      ?.reply.raw.write(`event: inbox\ndata: {"changed":true,"cursor":"${now.getTime()}"}\n\n`);
  return now;
}

/**
 * @returns who listens with the rights of this moment. One whose rights cannot be read is sent away to come again; nobody else misses
 * anything for it. Throws when that is so for everybody
 */
async function callersOf(parts: EventParts, listeners: readonly Listener[]) {
  const results = await Promise.allSettled(listeners.map(({ facts }) => rightsOf(parts, facts)));
  const asked = pairs(listeners, results);
  const callers = asked.flatMap(([{ key }, result]) =>
    result.status === 'fulfilled' ? [{ key, caller: result.value }] : [],
  );
  const [failed] = results.filter((result) => result.status === 'rejected');
  if (failed === undefined) return callers;
  if (callers.length === 0) throw failed.reason;
  parts.onError(failed.reason, 'events');
  for (const [{ reply }, { status }] of asked) if (status === 'rejected') reply.raw.end();
  return callers;
}

/** @returns the caller with the rights of this moment; throws when nobody can say */
function rightsOf({ access }: EventParts, facts: TokenFacts): Promise<Caller> {
  return access.resolve(facts, 'events');
}
