import type { AccessFacts, Requester } from './facts.js';
import type { Agreement, Grant, RecordKind } from './grants.js';
import { mergeGrants, prefixesOf } from './grants.js';
import { intersectPrefixes, kleConditions, type KlePrefix, kleTest } from './kle.js';
import { marksFilter, passesMarks } from './marks.js';
import type { SensitivityRank } from './sensitivity.js';
import { lowerRank } from './sensitivity.js';
import { allOf, type StoreFilter } from './store-filter.js';

/** What one grant lets through of the sources whose agreements agree: every condition must hold. */
export interface AccessClause {
  readonly ownerCvr: string;
  readonly sources: readonly string[];
  readonly kle: readonly KlePrefix[];
  readonly coversKle: (kle: string | null) => boolean;
  readonly sensitivity: SensitivityRank;
  readonly units: readonly string[] | undefined;
  /** Persons one of whom must be a party: break-glass lifts for them what the grant limits; undefined for anyone. */
  readonly lifted: readonly string[] | undefined;
}

/** Access to records of one kind, compiled once per request: a predicate and the equal store filter. */
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
    mergeGrants(grants).flatMap((grant) =>
      agreements.flatMap((agreement) =>
        agreement.kinds.includes(kind)
          ? [...clauseOf(grant, agreement), ...liftedClause(grant, agreement, requester)]
          : [],
      ),
    ),
  );
  const bySource = clausesBySource(clauses);
  return {
    clauses,
    matches: (facts) =>
      passesMarks(facts, requester) &&
      (bySource.get(facts.source) ?? []).some((clause) => clauseMatches(clause, facts)),
    filter: (prefix) => {
      if (clauses.length === 0) return nothing(prefix);
      const either = { $or: clauses.map((clause) => clauseFilter(clause, prefix)) };
      return allOf([marksFilter(prefix, requester), either]);
    },
  };
}

/** Inside `$elemMatch` there is no `_id`: no source code is ever an empty list's member. */
function nothing(prefix: string): StoreFilter {
  return { [`${prefix}source`]: { $in: [] } };
}

function clausesBySource(clauses: readonly AccessClause[]): Map<string, AccessClause[]> {
  const bySource = new Map<string, AccessClause[]>();
  for (const clause of clauses)
    for (const source of clause.sources) bySource.set(source, [...(bySource.get(source) ?? []), clause]);
  return bySource;
}

function clauseOf(grant: Grant, agreement: Agreement): AccessClause[] {
  if (agreement.cvr !== grant.cvr || grant.kle === undefined) return [];
  if (grant.systems && !grant.systems.includes(agreement.source)) return [];
  const kle = intersectPrefixes(prefixesOf(grant.kle), prefixesOf(agreement.kle));
  const sensitivity = lowerRank(grant.sensitivity ?? agreement.sensitivity, agreement.sensitivity);
  return clause(grant.cvr, agreement.source, kle, sensitivity, { units: grant.units, lifted: undefined });
}

/** Break-glass: within the agreement, whatever KLE, sensitivity, unit and system the grant is limited to. */
function liftedClause(grant: Grant, agreement: Agreement, { cvr, lifted }: Requester): AccessClause[] {
  if (lifted.length === 0 || agreement.cvr !== grant.cvr || grant.cvr !== cvr) return [];
  const { source, sensitivity } = agreement;
  return clause(grant.cvr, source, prefixesOf(agreement.kle), sensitivity, { units: undefined, lifted });
}

/** @returns one clause, or none when no KLE number is left. */
function clause(
  ownerCvr: string,
  source: string,
  kle: readonly KlePrefix[],
  sensitivity: SensitivityRank,
  limits: Pick<AccessClause, 'units' | 'lifted'>,
): AccessClause[] {
  if (kle.length === 0) return [];
  return [{ ownerCvr, sources: [source], kle, coversKle: kleTest(kle), sensitivity, ...limits }];
}

/** Clauses that differ in the source only become one, so that the filter stays small. */
function mergeSources(clauses: readonly AccessClause[]): AccessClause[] {
  const merged = new Map<string, AccessClause>();
  for (const clause of clauses) {
    const key = JSON.stringify([
      clause.ownerCvr,
      clause.kle,
      clause.sensitivity,
      clause.units ?? null,
      clause.lifted ?? null,
    ]);
    const known = merged.get(key);
    merged.set(
      key,
      known ? { ...known, sources: [...new Set([...known.sources, ...clause.sources])] } : clause,
    );
  }
  return [...merged.values()];
}

function clauseMatches(accessClause: AccessClause, facts: AccessFacts): boolean {
  return (
    facts.ownerCvr === accessClause.ownerCvr &&
    accessClause.coversKle(facts.kle) &&
    facts.sensitivity !== null &&
    facts.sensitivity <= accessClause.sensitivity &&
    (accessClause.units === undefined || (facts.unit !== null && accessClause.units.includes(facts.unit))) &&
    (accessClause.lifted === undefined ||
      accessClause.lifted.some((person) => facts.parties.includes(person)))
  );
}

function clauseFilter(clause: AccessClause, prefix: string): StoreFilter {
  return {
    [`${prefix}ownerCvr`]: clause.ownerCvr,
    [`${prefix}source`]: { $in: [...clause.sources] },
    [`${prefix}sensitivity`]: { $lte: clause.sensitivity },
    ...(clause.units && { [`${prefix}unit`]: { $in: [...clause.units] } }),
    ...(clause.lifted && { [`${prefix}parties`]: { $in: [...clause.lifted] } }),
    $or: kleConditions(clause.kle).map((condition) => ({ [`${prefix}kle`]: condition })),
  };
}
