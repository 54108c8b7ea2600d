import { explainBenefit } from '../../shared/policy/benefit-explanation.js';
import { type AccessReason, reasonOf } from '../../shared/sections/access-reason.js';
import type { Context } from '../context.js';
import type { GrantRecord } from '../source/records.js';

/** @returns why the caller is shown a benefit grant that is shown. */
export function whyShown(context: Context, grant: GrantRecord): AccessReason {
  const { caller, purpose } = context.claims;
  const moment = { purpose, today: context.today };
  return reasonOf(
    explainBenefit(grant, caller.grants, caller.agreements, { ...caller, today: context.today }, moment),
  );
}
