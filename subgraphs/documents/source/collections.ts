import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { DocumentRecord } from './records.js';

export interface DocumentCollections {
  readonly documents: Collection<DocumentRecord>;
}

export function documentCollections(database: Db): DocumentCollections {
  return { documents: database.collection<DocumentRecord>('documents') };
}

/** Creates the indexes; called at start. */
export async function ensureDocumentIndexes({ documents }: DocumentCollections): Promise<void> {
  await ensureIndexes(documents, [
    { name: 'party', key: { partyIds: 1, letterDate: -1 } },
    { name: 'case', key: { caseIds: 1, letterDate: -1 } },
  ]);
}
