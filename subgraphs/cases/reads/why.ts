import { type Decision, explain } from '../../shared/policy/explain.js';
import { grantsOf } from '../../shared/policy/grants.js';
import { RECORD_RULES } from '../../shared/policy/rules.js';
import { WIDER_RULES } from '../../shared/policy/wider-rules.js';
import { type AccessReason, reasonOf, refusalReason } from '../../shared/sections/access-reason.js';
import type { Context } from '../context.js';
import type { CaseRecord } from '../source/records.js';

/** @returns why the caller is shown a case that is shown. */
export function whyShown(context: Context, record: CaseRecord): AccessReason {
  return reasonOf(decide(context, record));
}

/** Rules that may be named for a case of which only area and contact are shown. */
const SAYABLE: readonly string[] = [
  WIDER_RULES.NO_ROLE.code,
  RECORD_RULES[1000].code,
  RECORD_RULES[1200].code,
];

/**
 * @returns why the caller is not shown a case that may be known to exist. Sensitivity, profile, display class and source stay
 * unsaid (area and contact, nothing else).
 */
export function whyNotShown(context: Context, record: CaseRecord): AccessReason {
  const decision = decide(context, record);
  if (!decision.permit && SAYABLE.includes(decision.rule.code)) return reasonOf(decision);
  return refusalReason(WIDER_RULES.RESTRICTED);
}

function decide(context: Context, { access }: CaseRecord): Decision {
  const { caller } = context.claims;
  const delivering = caller.agreements.filter((agreement) => agreement.kinds.includes('cases'));
  return explain(access, grantsOf(caller.grants, ['case-read']), delivering, {
    ...caller,
    today: context.today,
  });
}
