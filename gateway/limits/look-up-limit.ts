import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { LookUpCounts } from '../../subgraphs/shared/ports/sessions.js';

const HOUR_MS = 3_600_000;
/** One look-up may take several operations: the page fills in a person's parts. */
const KNOWN = { max: 100_000, ttl: 15 * 60_000 };
const USERS = { max: 10_000, ttl: 2 * HOUR_MS };
/** Look-ups are taken from the store some at a time: this part of the limit. */
const SHARE = 50;

/** Who looks up, and how many times an hour is allowed. */
export interface LimitedUser {
  readonly cvr: string;
  readonly subject: string;
  readonly perHour: number;
}

/** What a user has taken from the store for an hour and not used. */
interface Taken {
  readonly hour: number;
  /** What the user took in the hour before, in all gateways. */
  readonly before: number;
  left: number;
}

/**
 * Limits the look-ups of each user in an hour, over all gateways: they are counted in the store. The hour slides: what was taken in the
 * last clock hour counts by the part of it that is less than an hour ago.
 */
export class LookUpLimit {
  /** What became, or becomes, of each look-up that several operations belong to. */
  readonly #known = new LRUCache<string, Promise<number | undefined>>(KNOWN);
  readonly #users = new LRUCache<string, Taken>(USERS);

  constructor(
    private readonly counts: LookUpCounts,
    private readonly now: () => Date,
  ) {}

  /**
   * Takes what an operation looks up. What belongs to a look-up that has been taken is free.
   * @param lookupId the look-up that operations belong to; null when each is one of its own
   * @param lookUps as `askedLookUps` tells them apart
   * @returns seconds to wait when it is too many, and nothing is taken then; undefined when it is allowed. Throws when it cannot be counted
   */
  async take(
    user: LimitedUser,
    lookupId: string | null,
    lookUps: ReadonlySet<string>,
  ): Promise<number | undefined> {
    const name = `${user.cvr}|${user.subject}`;
    if (lookupId === null) return this.#takeFor(user, name, lookUps.size);
    const keys = [...lookUps].map((lookUp) => keyOf(name, lookupId, lookUp));
    // The page asks for a person's parts at the same time: whoever comes while one is being taken waits for what becomes of it.
    const begun = keys.flatMap((key) => this.#known.get(key) ?? []);
    const fresh = keys.filter((key) => !this.#known.has(key));
    if (fresh.length > 0) begun.push(this.#takeTogether(user, name, fresh));
    return (await Promise.all(begun)).find((wait) => wait !== undefined);
  }

  /** Takes look-ups that others may wait for; what is refused or fails is forgotten, so that it can be tried again. */
  #takeTogether(user: LimitedUser, name: string, keys: readonly string[]): Promise<number | undefined> {
    const taking = this.#takeFor(user, name, keys.length);
    for (const key of keys) this.#known.set(key, taking);
    const forget = (): void => keys.forEach((key) => this.#known.delete(key));
    taking.then((wait) => wait !== undefined && forget(), forget);
    return taking;
  }

  async #takeFor(user: LimitedUser, name: string, wanted: number): Promise<number | undefined> {
    const at = this.now().getTime();
    const hour = Math.floor(at / HOUR_MS);
    const taken = await this.#takenIn(user, name, hour);
    if (taken.left >= wanted) {
      taken.left -= wanted;
      return undefined;
    }
    const share = Math.max(wanted, Math.ceil(user.perHour / SHARE));
    for (const some of new Set([share, wanted])) {
      const count = await this.counts.countLookUps(user, hour, some);
      const recent = taken.before * (1 - (at % HOUR_MS) / HOUR_MS);
      if (count + recent <= user.perHour) {
        taken.left += some - wanted;
        return undefined;
      }
      const held = await this.counts.countLookUps(user, hour, -some);
      if (some === wanted) return secondsUntil(user.perHour - held - wanted, taken.before, at);
    }
    return undefined;
  }

  async #takenIn(user: LimitedUser, name: string, hour: number): Promise<Taken> {
    const known = this.#users.get(name);
    if (known?.hour === hour) return known;
    const before = await this.counts.countLookUps(user, hour - 1, 0);
    const taken = { hour, before, left: 0 };
    this.#users.set(name, taken);
    return taken;
  }
}

/** @returns a look-up's key: of one length whatever is looked up, and nothing of it can be read */
function keyOf(name: string, lookupId: string, lookUp: string): string {
  return createHash('sha256')
    .update(JSON.stringify([name, lookupId, lookUp]))
    .digest('base64url');
}

/** @param room look-ups that this hour has left when nothing of the hour before counts any more */
function secondsUntil(room: number, before: number, at: number): number {
  const untilNext = HOUR_MS - (at % HOUR_MS);
  const free = room < 0 || before === 0 ? untilNext : untilNext - (room / before) * HOUR_MS;
  return Math.max(1, Math.ceil(free / 1000));
}
