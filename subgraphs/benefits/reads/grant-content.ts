import type { Payment } from '../../../schema/generated/benefits.js';
import type { ResolversParentTypes } from '../../../schema/generated/benefits.js';
import { partiesOf } from '../../shared/guard/parties-of.js';
import type { RequestContext } from '../../shared/runtime/request-context.js';
import type { Context } from '../context.js';
import type { BenefitSource, VisiblePayment } from '../source/benefit-source.js';
import type { GrantedBenefitRecord, GrantRecord } from '../source/records.js';

/** @returns the benefits inside a grant that the caller may see. */
export function visibleBenefits(context: Context, grant: GrantRecord): GrantedBenefitRecord[] {
  const { benefit: shows } = context.guard.access('benefit-read').lines(grant);
  return grant.benefits.filter((benefit) => shows(benefit));
}

/** A grant as it was registered at a time, under the rights of now. */
export function registeredAsOf(context: Context, grant: GrantRecord, at: Date): Promise<GrantRecord | null> {
  const { _id: id } = grant;
  return context.guard.readOne(
    'benefit-read',
    { event: 'section-read', asked: [id], parties: partiesOf([grant]) },
    (permit) => context.source.registeredAsOf(permit, grant, at),
    (past) => ({ objects: [id], kle: past.benefits.map(({ kle }) => kle), about: grant.partyIds }),
  );
}

/** @returns the case behind a grant when the caller may see it, by the facts the grant carries. */
export function visibleCase(context: Context, grant: GrantRecord): { id: string } | null {
  const { cases } = context.guard.access('benefit-read');
  return grant.caseFacts && cases.matches(grant.caseFacts) ? { id: grant.caseFacts.caseId } : null;
}

/** Payments of several grants in one batch. */
export async function loadPayments(
  context: RequestContext,
  source: BenefitSource,
  grants: readonly GrantRecord[],
): Promise<(readonly VisiblePayment[])[]> {
  const result = await context.guard.read(
    'benefit-read',
    { event: 'section-read', asked: grants.map((grant) => grant._id), parties: partiesOf(grants) },
    (permit) => source.payments(permit, grants),
    (payments) => ({ objects: [...new Set(payments.map(({ payment }) => payment.grantId))] }),
  );
  const payments = result.permitted ? result.value : [];
  return grants.map((grant) => payments.filter(({ payment }) => payment.grantId === grant._id));
}

/** Totals would give a hidden line's amount away, so they are shown only when every line is. */
export function presentPayment({ payment, lines }: VisiblePayment): ResolversParentTypes['Payment'] {
  const whole = lines.length === payment.lines.length;
  const total = (ore: number | null) => (whole ? ore : null);
  const head: Omit<Payment, 'lines'> = {
    id: payment._id,
    periodFrom: payment.periodFrom,
    periodTo: payment.periodTo,
    disposalDate: payment.disposalDate,
    grossOre: total(payment.grossOre),
    afterTaxOre: total(payment.afterTaxOre),
    sentOre: total(payment.sentOre),
    paidOre: total(payment.paidOre),
  };
  return { ...head, lines };
}
