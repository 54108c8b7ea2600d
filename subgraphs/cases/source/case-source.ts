import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import { partiesOfBoth, stateAsOf } from '../../shared/in-step/state-as-of.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { type FirstRows, firstRows, type RowReader } from '../../shared/sections/first-rows.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { CaseCollections } from './collections.js';
import type { CaseRecord, NoteRecord } from './records.js';

/** Newest first. */
export const CASE_ORDER: ListOrder = [
  ['openedOn', -1],
  ['_id', 1],
];

/** Most restricted cases of one person that are listed. */
const MAX_RESTRICTED = 100;
/** Most control cases of one person that are shown. */
const MAX_CONTROL = 50;

/** The only code that reads cases. Every method takes a permit and filters by what it gives. */
export class CaseSource {
  constructor(readonly collections: CaseCollections) {}

  /** @returns visible cases in the list's order. */
  list(permit: Permit<'case-read'>, narrow: StoreFilter, limit: number): Promise<CaseRecord[]> {
    return this.#find(within(permit, narrow), limit);
  }

  /** @returns the first of the visible rows, and how many there are when that is known without another command */
  first(permit: Permit<'case-read'>, narrow: StoreFilter, limit: number): Promise<FirstRows<CaseRecord>> {
    const reader: RowReader<CaseRecord> = {
      find: (filter, most) => this.#find(filter, most),
      matches: (row) => permit.access.matches(row.access),
      filter: () => permit.access.filter('access.'),
    };
    return firstRows(reader, narrow, limit);
  }

  count(permit: Permit<'case-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.cases.countDocuments(within(permit, narrow));
  }

  /** @returns the visible cases of these ids, in no particular order. */
  findByIds(permit: Permit<'case-read'>, ids: readonly string[]): Promise<CaseRecord[]> {
    return this.collections.cases.find(within(permit, { _id: { $in: ids } })).toArray();
  }

  /** @returns cases of a person whose existence the caller may know. */
  existing(permit: Permit<'case-exists'>, citizenId: string): Promise<CaseRecord[]> {
    return this.collections.cases
      .find(within(permit, { partyIds: citizenId }))
      .limit(MAX_RESTRICTED)
      .toArray();
  }

  /** @returns control cases of a person, of whatever authority, newest first. */
  controlCases(permit: Permit<'control-case-read'>, citizenId: string): Promise<CaseRecord[]> {
    return this.collections.cases
      .find({ $and: [{ partyIds: citizenId }, permit.access.filter()] })
      .sort(sortOf(CASE_ORDER))
      .limit(MAX_CONTROL)
      .toArray();
  }

  /**
   * @returns a case as the newest registration by a time had it. Its facts of then must pass the rights of now, with the
   * parties of then and now
   */
  async registeredAsOf(
    permit: Permit<'case-read'>,
    present: CaseRecord,
    at: Date,
  ): Promise<CaseRecord | null> {
    if (!permit.access.matches(present.access)) return null;
    const past = await stateAsOf(this.collections.history, 'cases', present, at);
    if (past === null || past === present) return past;
    const parties = partiesOfBoth(past.access.parties, present.partyIds);
    return permit.access.matches({ ...past.access, parties }) ? past : null;
  }

  /** @returns the notes of those of the cases whose notes the caller may read, newest first. */
  async notes(permit: Permit<'note-read'>, cases: readonly CaseRecord[]): Promise<NoteRecord[]> {
    const readable = cases
      .filter((caseRecord) => permit.access.matches(caseRecord.access))
      .map((caseRecord) => caseRecord._id);
    if (readable.length === 0) return [];
    const sources = new Map(cases.map((caseRecord) => [caseRecord._id, caseRecord.access.source]));
    const found = await this.collections.notes
      .find({ caseId: { $in: readable } })
      .sort({ writtenOn: -1, _id: 1 })
      .toArray();
    // A note lives in its case's own system; one that another system filed there is not the case's.
    return found.filter((note) => note.source === sources.get(note.caseId));
  }

  #find(filter: Filter<CaseRecord>, limit: number): Promise<CaseRecord[]> {
    return this.collections.cases.find(filter).sort(sortOf(CASE_ORDER)).limit(limit).toArray();
  }
}

function within(permit: Permit<'case-read' | 'case-exists'>, narrow: StoreFilter): Filter<CaseRecord> {
  return { $and: [narrow, permit.access.filter('access.')] };
}
