import { monthsBefore } from '../days/calendar.js';
import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf, prefixesOf } from './grants.js';
import { intersectPrefixes, kleConditions, type KlePrefix, kleTest } from './kle.js';
import { marksFilter, passesMarks } from './marks.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
import type { SensitivityRank } from './sensitivity.js';
import { lowerRank } from './sensitivity.js';
import { anyOf, type StoreFilter } from './store-filter.js';

/** A granted benefit as decisions see it; the last day matters for other authorities' benefits only. */
export interface BenefitLineFacts {
  readonly kle: string | null;
  /** First day it no longer holds, YYYY-MM-DD; null while open. */
  readonly endsOn: string | null;
}

/** A payment line as decisions see it; the payment's own owner counts, its sensitivity is the grant's. */
export interface PaymentLineFacts {
  readonly ownerCvr: string | null;
  readonly kle: string | null;
  /** Day at the citizen's disposal, YYYY-MM-DD. */
  readonly disposalDate: string;
}

/** A benefit grant as decisions see it. `access.kle` is not used: KLE stands on each line. */
export interface GrantFacts {
  readonly access: AccessFacts;
  readonly benefits: readonly BenefitLineFacts[];
  readonly paymentFacts: readonly PaymentLineFacts[];
  readonly caseFacts: CaseFacts | null;
}

/** Why a look-up is made, as far as other authorities' benefits go (UDK act section 8; docs/field.md, Law). */
export interface PurposeAndTime {
  readonly purpose: string | null;
  /** Today, YYYY-MM-DD. */
  readonly today: string;
}

interface BenefitClause {
  readonly crossAuthority: boolean;
  readonly cvr: string;
  readonly source: string;
  readonly kle: readonly KlePrefix[];
  readonly coversKle: (kle: string | null) => boolean;
  readonly sensitivity: SensitivityRank;
  /** First day that still counts, YYYY-MM-DD; '' when time does not limit. */
  readonly since: string;
  /** Persons one of whom must be the party; undefined for anyone (break-glass, see record-access.ts). */
  readonly lifted: readonly string[] | undefined;
}

export interface BenefitAccess {
  readonly matches: (grant: GrantFacts) => boolean;
  readonly filter: () => StoreFilter;
  /** @returns which lines of a visible grant may be shown. */
  readonly lines: (grant: Pick<GrantFacts, 'access'>) => LineAccess;
  readonly cases: RecordAccess;
}

export interface LineAccess {
  readonly benefit: (line: BenefitLineFacts) => boolean;
  readonly payment: (line: PaymentLineFacts) => boolean;
}

/** Purposes that open other authorities' benefits, by code. Source: docs/field.md, Law (UDK act, sections 6–8). */
export const CROSS_AUTHORITY_PURPOSES = ['UDK-8-BENEFIT-CASE', 'UDK-6-7-FACTS'] as const;

/** Other authorities' benefits are never shown above this level, whatever the agreement says (ADR 005). */
export const CROSS_AUTHORITY_SENSITIVITY: SensitivityRank = 3;

/**
 * Benefit rule (docs/field.md, Access): owner and sensitivity of the grant, at least one visible granted benefit and
 * at least one visible payment; lines that fail are hidden. Another authority's grant needs the cross-authority right,
 * a stated purpose and lines within three months back. The case's restriction does not carry over.
 */
export function compileBenefitAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
  { purpose, today }: PurposeAndTime,
): BenefitAccess {
  const clauses = distinct([
    ...grantsOf(grants, ['benefit-read']).flatMap((grant) => ownClauses(grant, agreements, requester)),
    ...(isCrossAuthorityPurpose(purpose)
      ? grantsOf(grants, ['benefit-cross-authority']).flatMap((grant) =>
          crossClauses(grant, agreements, threeMonthsBefore(today)),
        )
      : []),
  ]);
  return {
    cases: compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester),
    matches: (grant) =>
      passesMarks(grant.access, requester) && clauses.some((clause) => clauseMatches(clause, grant)),
    filter: () => {
      const either = anyOf(clauses.map(clauseFilter));
      return clauses.length === 0 ? either : { $and: [marksFilter('access.', requester), either] };
    },
    lines: ({ access }) => {
      const open = clauses.filter((clause) => headMatches(clause, access));
      return {
        benefit: (line) => open.some((clause) => benefitMatches(clause, line)),
        payment: (line) => open.some((clause) => paymentMatches(clause, line, access.ownerCvr)),
      };
    },
  };
}

/** @returns whether a stated purpose opens other authorities' benefits. */
export function isCrossAuthorityPurpose(purpose: string | null): boolean {
  return CROSS_AUTHORITY_PURPOSES.some((known) => known === purpose);
}

/** @returns the first day of the last three months before a day (UDK act section 8). */
export function threeMonthsBefore(today: string): string {
  return monthsBefore(today, 3);
}

function ownClauses(
  grant: Grant,
  agreements: readonly Agreement[],
  { cvr, lifted }: Requester,
): BenefitClause[] {
  return agreements.flatMap((agreement) => {
    if (agreement.cvr !== grant.cvr || agreement.crossAuthority || !agreement.kinds.includes('benefits'))
      return [];
    const { kle, sensitivity, source } = agreement;
    const opened =
      lifted.length > 0 && grant.cvr === cvr
        ? [{ crossAuthority: false, cvr, source, ...kleOf(prefixesOf(kle)), sensitivity, since: '', lifted }]
        : [];
    // A grant without a level opens nothing by itself.
    if (grant.sensitivity === undefined) return opened;
    return [...clauseOf(grant, agreement, grant.sensitivity, false, ''), ...opened];
  });
}

function crossClauses(grant: Grant, agreements: readonly Agreement[], since: string): BenefitClause[] {
  return agreements.flatMap((agreement) => {
    if (agreement.cvr !== grant.cvr || !agreement.kinds.includes('benefits')) return [];
    return clauseOf(grant, agreement, CROSS_AUTHORITY_SENSITIVITY, true, since);
  });
}

/** Two grants often say the same of one source; a benefit and its payment must lie within one of them, so no more is merged. */
function distinct(clauses: readonly BenefitClause[]): BenefitClause[] {
  const byContent = new Map(
    clauses.map(({ coversKle, kle, ...rest }) => [
      JSON.stringify([rest, [...kle].sort()]),
      { ...rest, kle, coversKle },
    ]),
  );
  return [...byContent.values()];
}

const kleOf = (kle: readonly KlePrefix[]) => ({ kle, coversKle: kleTest(kle) });

function clauseOf(
  grant: Grant,
  agreement: Agreement,
  sensitivity: SensitivityRank,
  crossAuthority: boolean,
  since: string,
): BenefitClause[] {
  if (grant.systems && !grant.systems.includes(agreement.source)) return [];
  const kle = intersectPrefixes(prefixesOf(grant.kle ?? []), prefixesOf(agreement.kle));
  if (kle.length === 0) return [];
  const level = lowerRank(sensitivity, agreement.sensitivity);
  const { source } = agreement;
  const limits = { sensitivity: level, since, lifted: undefined };
  return [{ crossAuthority, cvr: grant.cvr, source, ...kleOf(kle), ...limits }];
}

function clauseMatches(clause: BenefitClause, grant: GrantFacts): boolean {
  return (
    headMatches(clause, grant.access) &&
    grant.benefits.some((line) => benefitMatches(clause, line)) &&
    grant.paymentFacts.some((line) => paymentMatches(clause, line, grant.access.ownerCvr))
  );
}

function headMatches(clause: BenefitClause, access: AccessFacts): boolean {
  if (access.ownerCvr === null || access.sensitivity === null || access.source !== clause.source)
    return false;
  const ownerPasses = clause.crossAuthority ? access.ownerCvr !== clause.cvr : access.ownerCvr === clause.cvr;
  const partyPasses =
    clause.lifted === undefined || clause.lifted.some((person) => access.parties.includes(person));
  return ownerPasses && partyPasses && access.sensitivity <= clause.sensitivity;
}

function benefitMatches(clause: BenefitClause, line: BenefitLineFacts): boolean {
  return clause.coversKle(line.kle) && (line.endsOn === null || line.endsOn > clause.since);
}

/** A payment belongs to the authority that owns the grant; a line of another owner is bad data and stays hidden. */
function paymentMatches(clause: BenefitClause, line: PaymentLineFacts, ownerCvr: string | null): boolean {
  return line.ownerCvr === ownerCvr && clause.coversKle(line.kle) && line.disposalDate >= clause.since;
}

function clauseFilter(clause: BenefitClause): StoreFilter {
  const kle = kleConditions(clause.kle).map((condition) => ({ kle: condition }));
  const owner = clause.crossAuthority ? { $nin: [clause.cvr, null] } : clause.cvr;
  return {
    'access.ownerCvr': owner,
    'access.source': clause.source,
    'access.sensitivity': { $lte: clause.sensitivity },
    ...(clause.lifted && { 'access.parties': { $in: [...clause.lifted] } }),
    benefits: {
      $elemMatch: { $and: [{ $or: kle }, { $or: [{ endsOn: null }, { endsOn: { $gt: clause.since } }] }] },
    },
    paymentFacts: {
      $elemMatch: { $and: [{ $or: kle }, { disposalDate: { $gte: clause.since }, ofOwner: true }] },
    },
  };
}
