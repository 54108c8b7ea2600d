import type { AccessFacts, Requester } from './facts.js';
import type { Agreement, Grant, RecordKind } from './grants.js';
import { prefixesOf } from './grants.js';
import { intersectPrefixes, kleConditions, kleMatches, type KlePrefix } from './kle.js';
import { marksFilter, passesMarks } from './marks.js';
import type { SensitivityRank } from './sensitivity.js';
import type { StoreFilter } from './store-filter.js';

/** What one grant lets through of the sources whose agreements agree: every condition must hold. */
export interface AccessClause {
  readonly ownerCvr: string;
  readonly sources: readonly string[];
  readonly kle: readonly KlePrefix[];
  readonly sensitivity: SensitivityRank;
  readonly units: readonly string[] | undefined;
}

/** Access to records of one kind, compiled once per request: a predicate and the equal store filter (design.md §5). */
export interface RecordAccess {
  readonly clauses: readonly AccessClause[];
  readonly matches: (facts: AccessFacts) => boolean;
  /** @param prefix path of the access facts in the document, ending in a dot, or '' inside `$elemMatch` */
  readonly filter: (prefix: string) => StoreFilter;
}

/**
 * Compiles grants and agreements into access to records.
 * @param grants grants of the roles that give this access, void ones already left out
 * @param kind the kind of record; only agreements that deliver it count
 */
export function compileRecordAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  kind: RecordKind,
  requester: Requester,
): RecordAccess {
  const clauses = mergeSources(
    grants.flatMap((grant) =>
      agreements.flatMap((agreement) => (agreement.kinds.includes(kind) ? clauseOf(grant, agreement) : [])),
    ),
  );
  return {
    clauses,
    matches: (facts) =>
      passesMarks(facts, requester) && clauses.some((clause) => clauseMatches(clause, facts)),
    filter: (prefix) => {
      if (clauses.length === 0) return nothing(prefix);
      return {
        ...marksFilter(prefix, requester),
        $or: clauses.map((clause) => clauseFilter(clause, prefix)),
      };
    },
  };
}

/** Inside `$elemMatch` there is no `_id`: no source code is ever an empty list's member. */
function nothing(prefix: string): StoreFilter {
  return { [`${prefix}source`]: { $in: [] } };
}

function clauseOf(grant: Grant, agreement: Agreement): AccessClause[] {
  if (agreement.cvr !== grant.cvr || grant.kle === undefined) return [];
  const kle = intersectPrefixes(prefixesOf(grant.kle), prefixesOf(agreement.kle));
  if (kle.length === 0) return [];
  const sensitivity = Math.min(
    grant.sensitivity ?? agreement.sensitivity,
    agreement.sensitivity,
  ) as SensitivityRank;
  return [{ ownerCvr: grant.cvr, sources: [agreement.source], kle, sensitivity, units: grant.units }];
}

/** Clauses that differ in the source only become one, so that the filter stays small. */
function mergeSources(clauses: readonly AccessClause[]): AccessClause[] {
  const merged = new Map<string, AccessClause>();
  for (const clause of clauses) {
    const key = JSON.stringify([clause.ownerCvr, clause.kle, clause.sensitivity, clause.units ?? null]);
    const known = merged.get(key);
    merged.set(
      key,
      known ? { ...known, sources: [...new Set([...known.sources, ...clause.sources])] } : clause,
    );
  }
  return [...merged.values()];
}

function clauseMatches(clause: AccessClause, facts: AccessFacts): boolean {
  return (
    facts.ownerCvr === clause.ownerCvr &&
    clause.sources.includes(facts.source) &&
    kleMatches(facts.kle, clause.kle) &&
    facts.sensitivity !== null &&
    facts.sensitivity <= clause.sensitivity &&
    (clause.units === undefined || (facts.unit !== null && clause.units.includes(facts.unit)))
  );
}

function clauseFilter(clause: AccessClause, prefix: string): StoreFilter {
  return {
    [`${prefix}ownerCvr`]: clause.ownerCvr,
    [`${prefix}source`]: { $in: [...clause.sources] },
    [`${prefix}sensitivity`]: { $lte: clause.sensitivity },
    ...(clause.units && { [`${prefix}unit`]: { $in: [...clause.units] } }),
    $or: kleConditions(clause.kle).map((condition) => ({ [`${prefix}kle`]: condition })),
  };
}
