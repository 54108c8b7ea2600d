import type { Db } from 'mongodb';
import { takeFacts } from '../../shared/in-step/case-facts.js';
import { keepRecords, lowerCaseIds } from '../../shared/in-step/lower-case-ids.js';
import type { CaseFacts } from '../../shared/policy/facts.js';
import { documentCollections } from '../source/collections.js';
import { documentStore } from './documents-ingest.js';

/** Spells the ids of everything stored here in lower case, once. @returns how many documents were changed */
export function keepDocumentIds(database: Db): Promise<number> {
  const documents = keepRecords(documentStore(documentCollections(database)), {
    handOver: (changed) => changed.map(({ _id }) => _id),
    tidy: (document) => ({ ...document, caseFacts: oneOfEach(document.caseFacts) }),
  });
  return lowerCaseIds(database, [documents], []);
}

/** A document that was filed on two spellings of one case has that case's facts once: the newer. */
function oneOfEach(facts: readonly CaseFacts[]): CaseFacts[] {
  const byCase = new Map<string, CaseFacts>();
  for (const fact of facts) byCase.set(fact.caseId, takeFacts(byCase.get(fact.caseId), fact));
  return [...byCase.values()];
}
