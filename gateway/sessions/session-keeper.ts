import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import type {
  DoorsPort,
  LiveSession,
  ProviderSession,
  Rotation,
  SessionEnd,
  SessionLook,
  SignedIn,
} from '../../subgraphs/shared/ports/sessions.js';
import { ACCESS_SECONDS, type AccessTokens } from './access-tokens.js';
import { clearCookie, readCookie, setCookie } from './cookies.js';
import { hashSecret, newSecret } from './secrets.js';

/** A revocation must be effective within five seconds (issue 5, line 2): what is known of a session is as old as this at most. */
const LOOK_MS = 2000;
const MAX_LOOKS = 10_000;
/** The use of a session is noted no more often than this. */
const TOUCH_MS = 30_000;

/** Who calls by session. */
export interface SessionCaller {
  readonly sid: string;
  readonly live: LiveSession;
  readonly facts: TokenFacts;
}

/** `ended` is undefined when there is no session at all. */
export type SessionAnswer = { readonly caller: SessionCaller } | { readonly ended: SessionEnd | undefined };

/** Browser sessions: a short access token and a rotating refresh token, both bound to the browser. */
export class SessionKeeper {
  readonly #looks = new LRUCache<string, SessionLook>({ max: MAX_LOOKS, ttl: LOOK_MS });
  readonly #touched = new LRUCache<string, true>({ max: MAX_LOOKS, ttl: TOUCH_MS });

  constructor(
    readonly tokens: AccessTokens,
    readonly doors: DoorsPort,
    readonly now: () => Date,
  ) {}

  /** Begins a session and gives the browser its cookies. @returns its id */
  async begin(reply: FastifyReply, who: SignedIn, from: ProviderSession): Promise<string> {
    const [id, browser, refresh] = [randomUUID(), newSecret(), newSecret()];
    const hashes = { browser: hashSecret(browser), refresh: hashSecret(refresh) };
    await this.doors.startSession({ id, who, from, ...hashes, at: this.now() });
    setCookie(reply, 'browser', browser);
    setCookie(reply, 'refresh', `${id}.${refresh}`);
    await this.#giveAccess(reply, id, hashes.browser);
    return id;
  }

  /** @returns who a request's cookies speak for; throws ACCESS_UNAVAILABLE when nobody can say. */
  async callerOf(request: FastifyRequest): Promise<SessionAnswer> {
    const token = readCookie(request, 'access');
    const browser = readCookie(request, 'browser');
    if (token === undefined || browser === undefined) return { ended: undefined };
    const claims = await this.tokens.verify(token);
    if (claims?.browser !== hashSecret(browser)) return { ended: undefined };
    const look = await this.#look(claims.sid);
    if ('ended' in look) return { ended: look.ended };
    if (look.live.browser !== claims.browser) return { ended: 'UNKNOWN' };
    await this.#touch(claims.sid);
    return { caller: callerOf(claims.sid, look.live, this.now()) };
  }

  /** @returns whether a session is still good. */
  async isLive(sid: string): Promise<boolean> {
    return 'live' in (await this.#look(sid));
  }

  /** Changes the refresh token for a new one and gives the browser a new access token. */
  async refresh(request: FastifyRequest, reply: FastifyReply): Promise<Rotation> {
    const [id, presented] = (readCookie(request, 'refresh') ?? '').split('.');
    const browser = readCookie(request, 'browser');
    if (!id || !presented || browser === undefined) return 'UNKNOWN';
    const look = await this.#ask(() => this.doors.session(id, this.now()));
    if ('ended' in look) return look.ended;
    if (look.live.browser !== hashSecret(browser)) return 'UNKNOWN';
    const next = newSecret();
    const rotation = await this.#ask(() =>
      this.doors.rotateSession(id, hashSecret(presented), hashSecret(next), this.now()),
    );
    this.#looks.delete(id);
    if (rotation === 'ROTATED') setCookie(reply, 'refresh', `${id}.${next}`);
    if (rotation === 'ROTATED' || rotation === 'RECENT') await this.#giveAccess(reply, id, look.live.browser);
    return rotation;
  }

  /** Ends a session and takes the browser's cookies away. */
  async end(reply: FastifyReply, sid: string): Promise<void> {
    await this.#ask(() => this.doors.endSession(sid, this.now()));
    this.#looks.delete(sid);
    this.forget(reply);
  }

  async endAllOf(
    reply: FastifyReply,
    { cvr, subject }: Pick<TokenFacts, 'cvr' | 'subject'>,
  ): Promise<number> {
    const ended = await this.#ask(() => this.doors.endSessionsOf(cvr, subject, this.now()));
    this.#looks.clear();
    this.forget(reply);
    return ended;
  }

  /** Lets a person be opened while the session lasts. */
  async reach(sid: string, citizenId: string): Promise<void> {
    await this.#ask(() => this.doors.reachPerson(sid, citizenId));
    this.#looks.delete(sid);
  }

  /** Takes the session's cookies away. */
  forget(reply: FastifyReply): void {
    for (const cookie of ['access', 'browser', 'refresh'] as const) clearCookie(reply, cookie);
  }

  async #giveAccess(reply: FastifyReply, id: string, browser: string): Promise<void> {
    setCookie(reply, 'access', await this.tokens.issue(id, browser), ACCESS_SECONDS);
  }

  async #look(sid: string): Promise<SessionLook> {
    const known = this.#looks.get(sid);
    if (known) return known;
    const look = await this.#ask(() => this.doors.session(sid, this.now()));
    this.#looks.set(sid, look);
    return look;
  }

  async #touch(sid: string): Promise<void> {
    if (this.#touched.has(sid)) return;
    this.#touched.set(sid, true);
    await this.#ask(() => this.doors.touchSession(sid, this.now()));
  }

  async #ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch {
      throw codedError('ACCESS_UNAVAILABLE');
    }
  }
}

function callerOf(sid: string, live: LiveSession, now: Date): SessionCaller {
  const { subject, cvr, unit, personId, roles, assurance } = live.who;
  const end = Math.min(live.idleEndsAt.getTime(), live.endsAt.getTime());
  const facts: TokenFacts = {
    subject,
    cvr,
    unit,
    personId,
    roles,
    assurance,
    voids: [],
    jumps: live.reach,
    issuedAt: Math.floor(now.getTime() / 1000),
    expiresAt: Math.floor(end / 1000),
  };
  return { sid, live, facts };
}
