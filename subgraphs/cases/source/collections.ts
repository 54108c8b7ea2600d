import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { CaseRecord, NoteRecord } from './records.js';

export interface CaseCollections {
  readonly cases: Collection<CaseRecord>;
  readonly notes: Collection<NoteRecord>;
}

export function caseCollections(database: Db): CaseCollections {
  return { cases: database.collection<CaseRecord>('cases'), notes: database.collection<NoteRecord>('notes') };
}

/** Creates the indexes; called at start. */
export async function ensureCaseIndexes({ cases, notes }: CaseCollections): Promise<void> {
  await ensureIndexes(cases, [
    { name: 'party', key: { partyIds: 1, openedOn: -1 } },
    { name: 'number', key: { caseNumberKey: 1 } },
  ]);
  await ensureIndexes(notes, [{ name: 'case', key: { caseId: 1, writtenOn: -1 } }]);
}
