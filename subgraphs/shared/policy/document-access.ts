import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import { grantsOf, type Agreement, type Grant } from './grants.js';
import { marksFilter, passesMarks } from './marks.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
import { anyOf, type StoreFilter } from './store-filter.js';

/** A document as decisions see it: its own facts and those of the cases it is filed on. */
export interface DocumentFacts {
  readonly access: AccessFacts;
  readonly caseFacts: readonly CaseFacts[];
  readonly filedOnCase: boolean;
}

export interface DocumentAccess {
  readonly matches: (document: DocumentFacts) => boolean;
  readonly filter: () => StoreFilter;
  /** Access to cases, for naming the cases a document is filed on. */
  readonly cases: RecordAccess;
}

type Way = Omit<DocumentAccess, 'cases'>;

/**
 * Document rule (domain.md §3.2, F77): filed on cases, at least one must be visible as a case and lie within the
 * document right, and the document's own sensitivity must pass; filed on none, its own owner, KLE and sensitivity
 * decide. Constraints of two grants are never mixed, so each document grant is a way of its own.
 */
export function compileDocumentAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): DocumentAccess {
  const cases = compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester);
  const ways = grantsOf(grants, ['document-read']).flatMap((grant) => [
    alone(grant, agreements, requester),
    onCase(grant, agreements, requester, cases),
  ]);
  return {
    cases,
    matches: (document) => ways.some((way) => way.matches(document)),
    filter: () => anyOf(ways.map((way) => way.filter())),
  };
}

function alone(grant: Grant, agreements: readonly Agreement[], requester: Requester): Way {
  const own = compileRecordAccess([grant], agreements, 'documents', requester);
  return {
    matches: ({ access, filedOnCase }) => !filedOnCase && own.matches(access),
    filter: () => ({ filedOnCase: false, ...own.filter('access.') }),
  };
}

/** Filed on a case, the document's own owner and KLE do not count; its source, sensitivity and marks do. */
function onCase(
  grant: Grant,
  agreements: readonly Agreement[],
  requester: Requester,
  cases: RecordAccess,
): Way {
  const within = compileRecordAccess([grant], agreements, 'cases', requester);
  const levels = sensitivityBySource(grant, agreements);
  return {
    matches: ({ access, caseFacts, filedOnCase }) =>
      filedOnCase &&
      passesMarks(access, requester) &&
      access.sensitivity !== null &&
      access.sensitivity <= (levels.get(access.source) ?? 0) &&
      caseFacts.some((facts) => cases.matches(facts) && within.matches(facts)),
    filter: () => ({
      filedOnCase: true,
      ...marksFilter('access.', requester),
      caseFacts: { $elemMatch: { $and: [cases.filter(''), within.filter('')] } },
      ...anyOf(
        [...levels].map(([source, level]) => ({
          'access.source': source,
          'access.sensitivity': { $lte: level },
        })),
      ),
    }),
  };
}

function sensitivityBySource(grant: Grant, agreements: readonly Agreement[]): Map<string, number> {
  const levels = new Map<string, number>();
  for (const agreement of agreements) {
    if (agreement.cvr !== grant.cvr || !agreement.kinds.includes('documents')) continue;
    const level = Math.min(grant.sensitivity ?? 0, agreement.sensitivity);
    levels.set(agreement.source, Math.max(level, levels.get(agreement.source) ?? 0));
  }
  return levels;
}
