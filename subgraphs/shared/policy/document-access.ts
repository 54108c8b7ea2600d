import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf, mergeGrants } from './grants.js';
import { marksFilter, passesMarks } from './marks.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
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
  const levels = levelsBySource(grant, agreements, requester);
  return {
    matches: ({ access, caseFacts, filedOnCase }) =>
      filedOnCase &&
      passesMarks(access, requester) &&
      levels.some((level) => levelMatches(level, access)) &&
      caseFacts.some((facts) => cases.matches(facts) && within.matches(facts)),
    filter: () =>
      allOf([
        { filedOnCase: true },
        marksFilter('access.', requester),
        { caseFacts: { $elemMatch: { $and: [cases.filter(''), within.filter('')] } } },
        anyOf(levels.map(levelFilter)),
      ]),
  };
}

/** How sensitive a document of one source may be in itself. */
interface SourceLevel {
  readonly source: string;
  readonly sensitivity: number;
  /** Persons one of whom must be a party; undefined for anyone (break-glass). */
  readonly lifted: readonly string[] | undefined;
}

function levelsBySource(
  grant: Grant,
  agreements: readonly Agreement[],
  { cvr, lifted }: Requester,
): SourceLevel[] {
  return agreements.flatMap((agreement): SourceLevel[] => {
    const { source, sensitivity: agreed } = agreement;
    if (agreement.cvr !== grant.cvr || !agreement.kinds.includes('documents')) return [];
    const opened = lifted.length > 0 && grant.cvr === cvr ? [{ source, sensitivity: agreed, lifted }] : [];
    if (grant.systems && !grant.systems.includes(source)) return opened;
    return [{ source, sensitivity: Math.min(grant.sensitivity ?? 0, agreed), lifted: undefined }, ...opened];
  });
}

function levelMatches(level: SourceLevel, { source, sensitivity, parties }: AccessFacts): boolean {
  return (
    level.source === source &&
    sensitivity !== null &&
    sensitivity <= level.sensitivity &&
    (level.lifted === undefined || level.lifted.some((person) => parties.includes(person)))
  );
}

function levelFilter({ source, sensitivity, lifted }: SourceLevel): StoreFilter {
  return {
    'access.source': source,
    'access.sensitivity': { $lte: sensitivity },
    ...(lifted && { 'access.parties': { $in: [...lifted] } }),
  };
}
