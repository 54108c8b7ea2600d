import type { Permit } from '../../shared/guard/permit.js';
import type { CitizenCollections } from './collections.js';
import type { OwnPersonRecord } from './records.js';

/** Persons opened lately that are remembered for each user; older ones are forgotten. */
export const MAX_RECENT = 10;
export const MAX_FAVOURITES = 50;

type OwnPermit = Permit<'citizen-read'>;

/** The persons a user opened lately and keeps as favourites: ids alone, each read anew under the guard when it is shown. */
export class OwnPersonSource {
  constructor(readonly collections: CitizenCollections) {}

  /** @returns ids, the one opened last first. */
  async recent({ access: { own } }: OwnPermit): Promise<string[]> {
    const found = await this.collections.ownPersons
      .find({ cvr: own.cvr, subject: own.subject, openedAt: { $ne: null } })
      .sort({ openedAt: -1 })
      .limit(MAX_RECENT)
      .toArray();
    return found.map(({ citizenId }) => citizenId);
  }

  /** @returns ids in no particular order. */
  async favourites({ access: { own } }: OwnPermit): Promise<string[]> {
    const found = await this.collections.ownPersons
      .find({ cvr: own.cvr, subject: own.subject, favourite: true })
      .limit(MAX_FAVOURITES)
      .toArray();
    return found.map(({ citizenId }) => citizenId);
  }

  async isFavourite({ access: { own } }: OwnPermit, citizenId: string): Promise<boolean> {
    const found = await this.collections.ownPersons.findOne({ _id: keyOf(own, citizenId) });
    return found?.favourite === true;
  }

  async noteOpened({ access: { own } }: OwnPermit, citizenId: string, at: Date): Promise<void> {
    await this.#set(own, citizenId, { openedAt: at });
    await this.#forgetOldest(own);
  }

  async setFavourite({ access: { own } }: OwnPermit, citizenId: string): Promise<void> {
    await this.#set(own, citizenId, { favourite: true });
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
    const others = Object.entries(first).filter(([name]) => !(name in fields));
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

interface Own {
  readonly cvr: string;
  readonly subject: string;
}

function keyOf({ cvr, subject }: Own, citizenId: string): string {
  return `${cvr}|${subject}|${citizenId}`;
}
