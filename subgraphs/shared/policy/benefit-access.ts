import { present } from '../certain/present.js';
import { monthsBefore } from '../days/calendar.js';
import { BENEFIT_LINE_RULES, benefitRules } from './benefit-rules.js';
import { type Clause, clauseOf, waysIn } from './clauses.js';
import type { AccessFacts, CaseFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { kleTest } from './kle.js';
import { type Limit, limitFilter } from './limits.js';
import { marksFilter, passesMarks } from './marks.js';
import { compileRecordAccess, type RecordAccess } from './record-access.js';
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

/** One way in to benefit grants: what the grant itself and what each of its lines must meet. */
interface BenefitClause {
  readonly head: Clause;
  readonly lineKle: KleLimit;
  readonly coversKle: (facts: { readonly kle: string | null }) => boolean;
  /** First day that still counts, YYYY-MM-DD; '' when time does not limit. */
  readonly since: string;
}

type KleLimit = Extract<Limit, { readonly fact: 'kle' }>;

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
  const rules = [...benefitRules(purpose), ...BENEFIT_LINE_RULES];
  const delivering = agreements.filter(({ kinds }) => kinds.includes('benefits'));
  const own = waysIn(rules, grantsOf(grants, ['benefit-read']), delivering, requester);
  const others = waysIn(rules, grantsOf(grants, ['benefit-cross-authority']), delivering, {
    ...requester,
    lifted: [],
  });
  const clauses = [
    ...own.map((limits) => benefitClause(limits, '')),
    ...others.map((limits) => benefitClause(limits, threeMonthsBefore(today))),
  ];
  return {
    cases: compileRecordAccess(grantsOf(grants, ['case-read']), agreements, 'cases', requester),
    matches: (grant) =>
      passesMarks(grant.access, requester) && clauses.some((clause) => clauseMatches(clause, grant)),
    filter: () => {
      const either = anyOf(clauses.map(clauseFilter));
      return clauses.length === 0 ? either : { $and: [marksFilter('access.', requester), either] };
    },
    lines: ({ access }) => {
      const open = clauses.filter(({ head }) => head.matches(access));
      return {
        benefit: (line) => open.some((clause) => benefitMatches(clause, line)),
        payment: (line) => open.some((clause) => paymentMatches(clause, line, access.ownerCvr)),
      };
    },
  };
}

/** @returns the first day of the last three months before a day (UDK act section 8). */
export function threeMonthsBefore(today: string): string {
  return monthsBefore(today, 3);
}

/** A benefit and its payment must lie within one way in, so ways are not put together beyond those that say the same. */
function benefitClause(limits: readonly Limit[], since: string): BenefitClause {
  const lineKle = present(
    limits.find((limit) => 'startsWith' in limit),
    'the areas of an agreement',
  );
  const head = clauseOf(limits.filter((limit) => limit !== lineKle));
  const covers = kleTest(lineKle.startsWith);
  return { head, lineKle, coversKle: ({ kle }) => covers(kle), since };
}

function clauseMatches(clause: BenefitClause, grant: GrantFacts): boolean {
  return (
    clause.head.matches(grant.access) &&
    grant.benefits.some((line) => benefitMatches(clause, line)) &&
    grant.paymentFacts.some((line) => paymentMatches(clause, line, grant.access.ownerCvr))
  );
}

function benefitMatches(clause: BenefitClause, line: BenefitLineFacts): boolean {
  return clause.coversKle(line) && (line.endsOn === null || line.endsOn > clause.since);
}

/** A payment belongs to the authority that owns the grant; a line of another owner is bad data and stays hidden. */
function paymentMatches(clause: BenefitClause, line: PaymentLineFacts, ownerCvr: string | null): boolean {
  return line.ownerCvr === ownerCvr && clause.coversKle(line) && line.disposalDate >= clause.since;
}

function clauseFilter({ head, lineKle, since }: BenefitClause): StoreFilter {
  const kle = limitFilter(lineKle, '');
  return {
    ...head.filter('access.'),
    benefits: { $elemMatch: { $and: [kle, { $or: [{ endsOn: null }, { endsOn: { $gt: since } }] }] } },
    paymentFacts: { $elemMatch: { $and: [kle, { disposalDate: { $gte: since }, ofOwner: true }] } },
  };
}
