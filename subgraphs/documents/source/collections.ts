import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/in-step/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/in-step/registered.js';
import type { DocumentRecord } from './records.js';

export interface DocumentCollections {
  readonly documents: Collection<DocumentRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
}

export function documentCollections(database: Db): DocumentCollections {
  return {
    documents: database.collection<DocumentRecord>('documents'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureDocumentIndexes(collections: DocumentCollections): Promise<void> {
  const { documents } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(
    documents,
    [
      { name: 'numbers', key: { 'parties.key': 1 } },
      // A person's list, and a case's, is read in its order, so that its first page costs the same however long it is.
      { name: 'party-newest', key: { partyIds: 1, letterDate: -1, _id: 1 } },
      { name: 'case-newest', key: { caseIds: 1, letterDate: -1, _id: 1 } },
      // A simulation draws its sample from the authority's own persons, of whom there may be few among all.
      { name: 'owner-party', key: { 'access.ownerCvr': 1, partyIds: 1 } },
    ],
    ['party', 'case'],
  );
}
