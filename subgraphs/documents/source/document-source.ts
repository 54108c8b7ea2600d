import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import { partiesOfBoth, stateAsOf } from '../../shared/in-step/state-as-of.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { type FirstRows, firstRows, type RowReader } from '../../shared/sections/first-rows.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import type { DocumentCollections } from './collections.js';
import type { DocumentRecord } from './records.js';

/** Newest first. */
export const DOCUMENT_ORDER: ListOrder = [
  ['letterDate', -1],
  ['_id', 1],
];

/** The only code that reads documents. Every method takes a permit and filters by what it gives. */
export class DocumentSource {
  constructor(readonly collections: DocumentCollections) {}

  list(permit: Permit<'document-read'>, narrow: StoreFilter, limit: number): Promise<DocumentRecord[]> {
    return this.#find(within(permit, narrow), limit);
  }

  /** @returns the first of the visible rows, and how many there are when that is known without another command */
  first(
    permit: Permit<'document-read'>,
    narrow: StoreFilter,
    limit: number,
  ): Promise<FirstRows<DocumentRecord>> {
    const reader: RowReader<DocumentRecord> = {
      find: (filter, most) => this.#find(filter, most),
      matches: (row) => permit.access.matches(row),
      filter: () => permit.access.filter(),
    };
    return firstRows(reader, narrow, limit);
  }

  count(permit: Permit<'document-read'>, narrow: StoreFilter): Promise<number> {
    return this.collections.documents.countDocuments(within(permit, narrow));
  }

  findByIds(permit: Permit<'document-read'>, ids: readonly string[]): Promise<DocumentRecord[]> {
    return this.collections.documents.find(within(permit, { _id: { $in: ids } })).toArray();
  }

  /**
   * @returns a document as the newest registration by a time had it. What it was then must pass the rights of now; cases it was
   * filed on open it by what they are now, and not at all when it has been taken off them
   */
  async registeredAsOf(
    permit: Permit<'document-read'>,
    present: DocumentRecord,
    at: Date,
  ): Promise<DocumentRecord | null> {
    if (!permit.access.matches(present)) return null;
    const past = await stateAsOf(this.collections.history, 'documents', present, at);
    if (past === null || past === present) return past;
    const parties = partiesOfBoth(past.access.parties, present.partyIds);
    const caseFacts = present.caseFacts.filter(({ caseId }) => past.caseIds.includes(caseId));
    return permit.access.matches({ ...past, access: { ...past.access, parties }, caseFacts }) ? past : null;
  }

  #find(filter: Filter<DocumentRecord>, limit: number): Promise<DocumentRecord[]> {
    return this.collections.documents.find(filter).sort(sortOf(DOCUMENT_ORDER)).limit(limit).toArray();
  }
}

function within(permit: Permit<'document-read'>, narrow: StoreFilter): Filter<DocumentRecord> {
  return { $and: [narrow, permit.access.filter()] };
}
