import type { Caller } from '../identity/caller.js';
import type { IngestOutcome } from '../in-step/registered.js';
import type { MovedParties, ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { CommonPort, HandingOver } from './common.js';
import type { KinFacts, Surroundings, TakenParties, TieInput } from './shapes.js';

export interface CitizensPort extends CommonPort, HandingOver {
  persons(records: readonly FeedRecordOf<'person'>[]): Promise<TakenParties>;
  companies(records: readonly FeedRecordOf<'company'>[]): Promise<TakenParties>;
  remarks(records: readonly FeedRecordOf<'remark'>[]): Promise<IngestOutcome[]>;
  resolve(keys: readonly string[]): Promise<ResolvedParties>;
  /** Leads what this subgraph keeps under numbers to whom they mean now. @returns whom that is */
  moved(keys: readonly string[]): Promise<MovedParties>;
  ties(ties: readonly TieInput[]): Promise<void>;
  /** @returns whether a lift by break-glass could open a person to a caller at all. @param today `yyyy-mm-dd` in Denmark */
  liftable(citizenId: string, caller: Caller, today: string): Promise<boolean>;
  /** @returns what matching needs to know of persons, and whom it concerns with them. @param today `yyyy-mm-dd` in Denmark */
  surroundings(ids: readonly string[], today: string): Promise<Surroundings>;
  /** @returns spouse, parents and children of persons, as far as they are known. */
  kinOf(ids: readonly string[]): Promise<KinFacts[]>;
  removals(records: readonly FeedRecordOf<'removal'>[]): Promise<TakenParties>;
  /** Forgets persons that users opened, or kept as favourites, too long ago. @returns how many */
  forgetOwnPersons(now: Date): Promise<number>;
}
