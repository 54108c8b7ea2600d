import { clauseOf, waysIn } from './clauses.js';
import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import type { GrantRule } from './grant-rules.js';
import { type Agreement, type Grant, grantsOf, mergeGrants } from './grants.js';
import { marksFilter, passesMarks } from './marks.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
import { RECORD_RULES } from './rules.js';
import { allOf, anyOf, type StoreFilter } from './store-filter.js';

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

/** The rules for a document itself when it is filed on a case: its own owner, area and unit do not count. */
export const FILED_DOCUMENT_RULES: readonly GrantRule[] = [
  RECORD_RULES[200],
  RECORD_RULES[500],
  RECORD_RULES[1100],
  RECORD_RULES[1300],
];

type Way = Omit<DocumentAccess, 'cases'>;

/**
 * Document rule (docs/field.md, Access): filed on cases, at least one must be visible as a case and lie within the
 * document right, and the document's own sensitivity must pass; filed on none, its own owner, KLE and sensitivity
 * decide. Constraints of two grants are never mixed, so each document grant is a way of its own.
 */
export function compileDocumentAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): DocumentAccess {
  const cases = compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester);
  const ways = mergeGrants(grantsOf(grants, ['document-read'])).flatMap((grant) => [
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
  const delivering = agreements.filter(({ kinds }) => kinds.includes('documents'));
  const levels = waysIn(FILED_DOCUMENT_RULES, [grant], delivering, requester).map(clauseOf);
  return {
    matches: ({ access, caseFacts, filedOnCase }) =>
      filedOnCase &&
      passesMarks(access, requester) &&
      levels.some((level) => level.matches(access)) &&
      caseFacts.some((facts) => cases.matches(facts) && within.matches(facts)),
    filter: () =>
      allOf([
        { filedOnCase: true },
        marksFilter('access.', requester),
        { caseFacts: { $elemMatch: { $and: [cases.filter(''), within.filter('')] } } },
        anyOf(levels.map((level) => level.filter('access.'))),
      ]),
  };
}
