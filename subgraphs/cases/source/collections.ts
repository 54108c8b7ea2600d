import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/in-step/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/in-step/registered.js';
import type { CaseRecord, HandedNoteRecord, NoteRecord } from './records.js';

export interface CaseCollections {
  readonly cases: Collection<CaseRecord>;
  readonly notes: Collection<NoteRecord>;
  readonly handedNotes: Collection<HandedNoteRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
}

export function caseCollections(database: Db): CaseCollections {
  return {
    cases: database.collection<CaseRecord>('cases'),
    notes: database.collection<NoteRecord>('notes'),
    handedNotes: database.collection<HandedNoteRecord>('handedNotes'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureCaseIndexes(collections: CaseCollections): Promise<void> {
  const { cases, notes, handedNotes } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(
    cases,
    [
      { name: 'numbers', key: { 'parties.key': 1 } },
      // A person's list is read in its order, so that its first page costs the same however long it is.
      { name: 'party-newest', key: { partyIds: 1, openedOn: -1, _id: 1 } },
      { name: 'number', key: { caseNumberKey: 1 } },
      // A simulation draws its sample from the authority's own persons, of whom there may be few among all.
      { name: 'owner-party', key: { 'access.ownerCvr': 1, partyIds: 1 } },
    ],
    ['party'],
  );
  await ensureIndexes(notes, [{ name: 'case', key: { caseId: 1, writtenOn: -1 } }]);
  await ensureIndexes(
    handedNotes,
    [
      { name: 'case', key: { caseId: 1, writtenAt: -1 } },
      { name: 'waiting-oldest-of', key: { source: 1, delivery: 1, cvr: 1, writtenAt: 1, _id: 1 } },
      { name: 'author', key: { subject: 1, writtenAt: -1 } },
      { name: 'settled', key: { settledAt: 1 } },
    ],
    ['waiting'],
  );
}
