import { type Clause, clauseOf, mergeSources, sourcesOf, waysIn } from './clauses.js';
import type { AccessFacts, Requester } from './facts.js';
import { GRANT_RULES } from './grant-rules.js';
import type { Agreement, Grant, RecordKind } from './grants.js';
import { mergeGrants } from './grants.js';
import { marksFilter, passesMarks } from './marks.js';
import { allOf, type StoreFilter } from './store-filter.js';

/** Access to records of one kind, compiled once per request: a predicate and the equal store filter. */
export interface RecordAccess {
  /** No record of any kind passes. */
  readonly opensNothing: boolean;
  readonly matches: (facts: AccessFacts) => boolean;
  /** @param prefix path of the access facts in the document, ending in a dot, or '' inside `$elemMatch` */
  readonly filter: (prefix: string) => StoreFilter;
}

const RULES = Object.values(GRANT_RULES);

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
  const delivering = agreements.filter(({ kinds }) => kinds.includes(kind));
  const clauses = mergeSources(waysIn(RULES, mergeGrants(grants), delivering, requester)).map(clauseOf);
  const bySource = clausesBySource(clauses);
  return {
    opensNothing: clauses.length === 0,
    matches: (facts) =>
      passesMarks(facts, requester) &&
      (bySource.get(facts.source) ?? []).some((clause) => clause.matches(facts)),
    filter: (prefix) => {
      if (clauses.length === 0) return nothing(prefix);
      const either = { $or: clauses.map((clause) => clause.filter(prefix)) };
      return allOf([marksFilter(prefix, requester), either]);
    },
  };
}

/** Inside `$elemMatch` there is no `_id`: no source code is ever an empty list's member. */
function nothing(prefix: string): StoreFilter {
  return { [`${prefix}source`]: { $in: [] } };
}

function clausesBySource(clauses: readonly Clause[]): Map<string, Clause[]> {
  const bySource = new Map<string, Clause[]>();
  for (const clause of clauses)
    for (const source of sourcesOf(clause.limits))
      bySource.set(source, [...(bySource.get(source) ?? []), clause]);
  return bySource;
}
