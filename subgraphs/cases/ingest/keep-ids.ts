import type { Db } from 'mongodb';
import { keepKnown, keepRecords, lowerCaseIds } from '../../shared/in-step/lower-case-ids.js';
import { caseCollections } from '../source/collections.js';
import { caseStores } from './cases-ingest.js';

/** Spells the ids of everything stored here in lower case, once. @returns how many documents were changed */
export function keepCaseIds(database: Db): Promise<number> {
  const collections = caseCollections(database);
  const { caseStore, noteStore } = caseStores(collections);
  const cases = keepRecords(caseStore, {
    handOver: (changed) => changed.map(({ _id }) => _id),
  });
  const notes = keepRecords(noteStore, { handOver: () => [] });
  const others = [keepKnown(collections.handedNotes)];
  return lowerCaseIds(database, [cases, notes], others);
}
