import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import type {
  EndedSessions,
  LiveSession,
  NamedSessions,
  ProviderSession,
  Rotation,
  SessionEnd,
  SessionLook,
  SessionsPort,
  SignedIn,
} from '../../subgraphs/shared/ports/sessions.js';
import { ACCESS_SECONDS, type AccessTokens } from './access-tokens.js';
import { clearCookie, readCookie, setCookie } from './cookies.js';
import { browserMark, type Flow } from './flows.js';
import { hashSecret, newSecret } from './secrets.js';

/** A revocation must be effective within five seconds: what is known of a session is as old as this at most. */
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

interface KnownLook {
  readonly look: SessionLook;
  /** When it was asked for. */
  readonly at: Date;
}

/** Browser sessions: a short access token and a rotating refresh token, both bound to the browser. */
export class SessionKeeper {
  readonly #looks = new LRUCache<string, KnownLook>({ max: MAX_LOOKS, ttl: LOOK_MS });
  readonly #touched = new LRUCache<string, true>({ max: MAX_LOOKS, ttl: TOUCH_MS });

  constructor(
    readonly tokens: AccessTokens,
    readonly sessions: SessionsPort,
    readonly now: () => Date,
  ) {}

  /**
   * Begins a session and gives the browser its cookies. Sessions of one user in one browser bear the same mark: what a jump
   * in one tab brings within reach holds in the other, and signing out ends both.
   * @param flows the sign-ins the browser holds, oldest first
   * @returns its id
   */
  async begin(
    reply: FastifyReply,
    who: SignedIn,
    from: ProviderSession,
    flows: readonly Flow[],
  ): Promise<string> {
    const [id, refresh] = [randomUUID(), newSecret()];
    const browser = await this.#browserOf(who, flows);
    const hashes = { browser: hashSecret(browser), refresh: hashSecret(refresh) };
    await this.sessions.startSession({ id, who, from, ...hashes, at: this.now() });
    setCookie(reply, 'browser', browser);
    setCookie(reply, 'refresh', `${id}.${refresh}`);
    await this.#giveAccess(reply, id, hashes.browser);
    return id;
  }

  /** @returns the mark of a live session of the user in this browser, if it has one. */
  async #browserOf(who: SignedIn, flows: readonly Flow[]): Promise<string> {
    const marks = flows.map(browserMark);
    const shared = await this.sessions.sharedBrowser(marks.map(hashSecret), who, this.now());
    return marks.find((mark) => hashSecret(mark) === shared) ?? marks[0] ?? newSecret();
  }

  /** @returns who a request's cookies speak for; throws ACCESS_UNAVAILABLE when nobody can say. */
  async callerOf(request: FastifyRequest): Promise<SessionAnswer> {
    const token = readCookie(request, 'access');
    const browser = readCookie(request, 'browser');
    if (token === undefined || browser === undefined) return { ended: undefined };
    const claims = await this.tokens.verify(token);
    if (claims?.browser !== hashSecret(browser)) return { ended: undefined };
    const look = await this.#look(claims.sid, claims.after);
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
    const look = await this.#ask(() => this.sessions.session(id, this.now()));
    if ('ended' in look) return look.ended;
    if (look.live.browser !== hashSecret(browser)) return 'UNKNOWN';
    const next = newSecret();
    const rotation = await this.#ask(() =>
      this.sessions.rotateSession(id, hashSecret(presented), hashSecret(next), this.now()),
    );
    this.#looks.delete(id);
    if (rotation === 'ROTATED') setCookie(reply, 'refresh', `${id}.${next}`);
    if (rotation === 'ROTATED' || rotation === 'RECENT') await this.#giveAccess(reply, id, look.live.browser);
    return rotation;
  }

  /** Ends a user's sessions in this browser and takes its cookies away. */
  async end(reply: FastifyReply, sid: string): Promise<void> {
    await this.#ask(() => this.sessions.endSession(sid, this.now()));
    this.#looks.clear();
    this.forget(reply);
  }

  async endAllOf(
    reply: FastifyReply,
    { cvr, subject }: Pick<TokenFacts, 'cvr' | 'subject'>,
  ): Promise<number> {
    const ended = await this.#ask(() => this.sessions.endSessionsOf(cvr, subject, this.now()));
    this.#looks.clear();
    this.forget(reply);
    return ended;
  }

  /** Ends the sessions an identity provider names, here at once, and takes this browser's cookies away. */
  async endNamed(reply: FastifyReply, named: NamedSessions): Promise<EndedSessions> {
    this.forget(reply);
    const ended = await this.#ask(() => this.sessions.endProviderSessions(named, this.now()));
    this.#looks.clear();
    return ended;
  }

  /** Lets a person be opened while the session lasts, by whichever gateway answers next. */
  async reach(reply: FastifyReply, { sid, live }: SessionCaller, citizenId: string): Promise<void> {
    await this.#ask(() => this.sessions.reachPerson(sid, citizenId, this.now()));
    for (const [id, { look }] of this.#looks.entries())
      if ('live' in look && look.live.browser === live.browser) this.#looks.delete(id);
    await this.#giveAccess(reply, sid, live.browser, this.now());
  }

  /** Takes the session's cookies away. */
  forget(reply: FastifyReply): void {
    for (const cookie of ['access', 'browser', 'refresh'] as const) clearCookie(reply, cookie);
  }

  async #giveAccess(reply: FastifyReply, id: string, browser: string, after?: Date): Promise<void> {
    const token = await this.tokens.issue(id, browser, after);
    setCookie(reply, 'access', token, { seconds: ACCESS_SECONDS });
  }

  /** @param after milliseconds since 1970; what was known before does not count */
  async #look(sid: string, after = 0): Promise<SessionLook> {
    const known = this.#looks.get(sid);
    // One of the same millisecond may have been asked for before the change.
    if (known && known.at.getTime() > after) return known.look;
    const at = this.now();
    const look = await this.#ask(() => this.sessions.session(sid, at));
    this.#looks.set(sid, { look, at });
    return look;
  }

  async #touch(sid: string): Promise<void> {
    if (this.#touched.has(sid)) return;
    this.#touched.set(sid, true);
    await this.#ask(() => this.sessions.touchSession(sid, this.now()));
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
