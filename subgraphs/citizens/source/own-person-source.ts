import { LRUCache } from 'lru-cache';
import { daysFrom } from '../../shared/days/days-from.js';
import type { Permit } from '../../shared/guard/permit.js';
import { isOwnName } from '../../shared/names/own-value.js';
import type { CitizenCollections } from './collections.js';
import type { OwnPersonRecord } from './records.js';

/** Persons opened lately that are remembered for each user; older ones are forgotten. */
const MAX_RECENT = 10;
export const MAX_FAVOURITES = 50;

/** How long it is remembered that a person was opened. */
const RECENT_DAYS = 90;
/** How long a favourite is kept that nobody opens. */
const FAVOURITE_DAYS = 365;

/** The cards of an opened person ask one by one: what one of them has noted, the others need not. */
const NOTED = { max: 10_000, ttl: 10_000 } as const;

type OwnPermit = Permit<'citizen-read'>;

/** @returns room for what a process has noted lately, so that it is not written again and again */
export const notedLately = (): LRUCache<string, string> => new LRUCache(NOTED);

/** The persons a user opened lately and keeps as favourites: ids alone, each read anew under the guard when it is shown. */
export class OwnPersonSource {
  constructor(
    readonly collections: CitizenCollections,
    readonly noted: LRUCache<string, string>,
  ) {}

  /** @returns ids, the one opened last first. */
  async recent({ access: { own } }: OwnPermit, now: Date): Promise<string[]> {
    const since = daysFrom(now, -RECENT_DAYS);
    const found = await this.collections.ownPersons
      .find({ cvr: own.cvr, subject: own.subject, openedAt: { $gt: since } })
      .sort({ openedAt: -1 })
      .limit(MAX_RECENT)
      .toArray();
    return found.map(({ citizenId }) => citizenId);
  }

  /** @returns ids in no particular order. */
  async favourites({ access: { own } }: OwnPermit, now: Date): Promise<string[]> {
    const found = await this.collections.ownPersons
      .find({ cvr: own.cvr, subject: own.subject, favourite: true, usedAt: { $gt: favouritesSince(now) } })
      .limit(MAX_FAVOURITES)
      .toArray();
    return found.map(({ citizenId }) => citizenId);
  }

  async isFavourite({ access: { own } }: OwnPermit, citizenId: string, now: Date): Promise<boolean> {
    const found = await this.collections.ownPersons.findOne({ _id: keyOf(own, citizenId) });
    return found?.favourite === true && found.usedAt > favouritesSince(now);
  }

  /** Puts a person first among those the caller opened last, once in each look-up. */
  async noteOpened(
    { access: { own } }: OwnPermit,
    citizenId: string,
    lookupId: string | null,
    at: Date,
  ): Promise<void> {
    const user = `${own.cvr}|${own.subject}`;
    const opening = `${citizenId}|${lookupId ?? ''}`;
    if (this.noted.get(user) === opening) return;
    this.noted.set(user, opening);
    await this.#set(own, citizenId, { openedAt: at, usedAt: at });
    await this.#forgetOldest(own);
  }

  async setFavourite({ access: { own } }: OwnPermit, citizenId: string, at: Date): Promise<void> {
    await this.#set(own, citizenId, { favourite: true, usedAt: at });
  }

  /** @returns whether the person was a favourite. */
  async removeFavourite({ access: { own } }: OwnPermit, citizenId: string): Promise<boolean> {
    const { modifiedCount } = await this.collections.ownPersons.updateOne(
      { _id: keyOf(own, citizenId), favourite: true },
      { $set: { favourite: false } },
    );
    return modifiedCount === 1;
  }

  async #set(own: Own, citizenId: string, fields: Partial<OwnPersonRecord>): Promise<void> {
    const first = { cvr: own.cvr, subject: own.subject, citizenId, openedAt: null, favourite: false };
    const others = Object.entries(first).filter(([name]) => !isOwnName(fields, name));
    await this.collections.ownPersons.updateOne(
      { _id: keyOf(own, citizenId) },
      { $set: fields, $setOnInsert: Object.fromEntries(others) },
      { upsert: true },
    );
  }

  /** What a user looked at longer ago stands in the look-up log, and nowhere else. */
  async #forgetOldest({ cvr, subject }: Own): Promise<void> {
    const found = await this.collections.ownPersons
      .find({ cvr, subject, openedAt: { $ne: null } })
      .sort({ openedAt: -1 })
      .toArray();
    const old = found.slice(MAX_RECENT);
    const ids = (kept: boolean) => old.filter(({ favourite }) => favourite === kept).map(({ _id }) => _id);
    if (old.length === 0) return;
    await this.collections.ownPersons.deleteMany({ _id: { $in: ids(false) }, favourite: false });
    await this.collections.ownPersons.updateMany({ _id: { $in: ids(true) } }, { $set: { openedAt: null } });
  }
}

/** Takes away what is too old, also of users who never come back. @returns how many persons were forgotten */
export async function forgetOwnPersons({ ownPersons }: CitizenCollections, now: Date): Promise<number> {
  // What was stored before favourites had an age begins its year now.
  await ownPersons.updateMany({ usedAt: { $exists: false } }, { $set: { usedAt: now } });
  const old = await ownPersons.deleteMany({ usedAt: { $lte: favouritesSince(now) } });
  const recent = daysFrom(now, -RECENT_DAYS);
  await ownPersons.updateMany({ openedAt: { $lte: recent } }, { $set: { openedAt: null } });
  const unused = await ownPersons.deleteMany({ openedAt: null, favourite: false });
  return old.deletedCount + unused.deletedCount;
}

function favouritesSince(now: Date): Date {
  return daysFrom(now, -FAVOURITE_DAYS);
}

interface Own {
  readonly cvr: string;
  readonly subject: string;
}

function keyOf({ cvr, subject }: Own, citizenId: string): string {
  return `${cvr}|${subject}|${citizenId}`;
}
