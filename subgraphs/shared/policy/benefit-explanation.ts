import { present } from '../certain/present.js';
import { compileBenefitAccess, type GrantFacts, type PurposeAndTime } from './benefit-access.js';
import { benefitRules } from './benefit-rules.js';
import { type Decision, explain } from './explain.js';
import type { Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { failedMark } from './marks.js';
import { RECORD_RULES } from './rules.js';
import { type RuleWords, WIDER_RULES } from './wider-rules.js';

interface Trial {
  readonly rule: RuleWords;
  readonly grant: Grant;
  readonly agreement: Agreement;
}

/** Codes in the order they are tried; the trial that comes furthest names the reason. */
const ORDER: readonly string[] = [
  ...benefitRules(null),
  WIDER_RULES.NO_VISIBLE_BENEFIT,
  WIDER_RULES.NO_VISIBLE_PAYMENT,
].map(({ code }) => code);

/** Decides one benefit grant and names what decided; `compileBenefitAccess` gives the same answer without the reason. */
export function explainBenefit(
  record: GrantFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
  moment: PurposeAndTime,
): Decision {
  const rights = grantsOf(grants, ['benefit-read', 'benefit-cross-authority']);
  if (rights.length === 0) return { permit: false, rule: WIDER_RULES.NO_ROLE };
  const mark = failedMark(record.access, requester);
  if (mark) return { permit: false, rule: mark };
  let furthest: Trial | undefined;
  for (const grant of rights) {
    for (const agreement of agreements.filter(({ kinds }) => kinds.includes('benefits'))) {
      const alone = (person: Requester) => compileBenefitAccess([grant], [agreement], person, moment);
      if (alone({ ...requester, lifted: [] }).matches(record))
        return { permit: true, grant, agreement, lifted: false };
      if (alone(requester).matches(record)) return { permit: true, grant, agreement, lifted: true };
      const trial = { rule: failing(record, grant, agreement, moment), grant, agreement };
      if (!furthest || placeOf(trial) > placeOf(furthest)) furthest = trial;
    }
  }
  return {
    permit: false,
    ...(furthest ?? { rule: RECORD_RULES[200], grant: present(rights[0], 'a grant that was looked at') }),
  };
}

const placeOf = ({ rule }: Trial): number => ORDER.indexOf(rule.code);

/** @returns the first rule a grant and an agreement fail for a record they do not open. */
function failing(
  { access, benefits }: GrantFacts,
  grant: Grant,
  agreement: Agreement,
  moment: PurposeAndTime,
): RuleWords {
  const { today, purpose } = moment;
  const requester: Requester = { subject: '', cvr: grant.cvr, unit: null, barred: [], lifted: [], today };
  const head = explain(access, [grant], [agreement], requester, benefitRules(purpose));
  if (!head.permit) return head.rule;
  const { benefit } = compileBenefitAccess([grant], [agreement], requester, moment).lines({ access });
  return benefits.some((line) => benefit(line))
    ? WIDER_RULES.NO_VISIBLE_PAYMENT
    : WIDER_RULES.NO_VISIBLE_BENEFIT;
}
