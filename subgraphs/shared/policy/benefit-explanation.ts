import { present } from '../certain/present.js';
import {
  compileBenefitAccess,
  CROSS_AUTHORITY_SENSITIVITY,
  type GrantFacts,
  isCrossAuthorityPurpose,
  type PurposeAndTime,
} from './benefit-access.js';
import type { Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { failedMark } from './marks.js';
import { type Decision, RECORD_RULES } from './rules.js';
import { type RuleWords, WIDER_RULES } from './wider-rules.js';

interface Trial {
  readonly rule: RuleWords;
  readonly grant: Grant;
  readonly agreement: Agreement;
}

/** In the order they are tried; the trial that comes furthest names the reason. */
const ORDER: readonly RuleWords[] = [
  RECORD_RULES[200],
  RECORD_RULES[300],
  WIDER_RULES.PURPOSE_REQUIRED,
  RECORD_RULES[500],
  RECORD_RULES[1100],
  RECORD_RULES[1300],
  WIDER_RULES.NO_VISIBLE_BENEFIT,
  WIDER_RULES.NO_VISIBLE_PAYMENT,
];

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
    for (const agreement of agreements) {
      const alone = (person: Requester) => compileBenefitAccess([grant], [agreement], person, moment);
      if (alone({ ...requester, lifted: [] }).matches(record))
        return { permit: true, grant, agreement, lifted: false };
      if (alone(requester).matches(record)) return { permit: true, grant, agreement, lifted: true };
      const trial = { rule: failing(record, grant, agreement, moment), grant, agreement };
      if (!furthest || ORDER.indexOf(trial.rule) > ORDER.indexOf(furthest.rule)) furthest = trial;
    }
  }
  return {
    permit: false,
    ...(furthest ?? { rule: RECORD_RULES[200], grant: present(rights[0], 'a grant that was looked at') }),
  };
}

const isCross = ({ role }: Grant): boolean => role === 'benefit-cross-authority';

/** @returns how sensitive a benefit a grant may open */
const mostSensitive = (grant: Grant): number =>
  isCross(grant) ? CROSS_AUTHORITY_SENSITIVITY : (grant.sensitivity ?? 0);

/** @returns whether a grant and an agreement open the records of an owner: its own authority's, or those of all others */
function isOnSide(ownerCvr: string, grant: Grant, agreement: Agreement): boolean {
  const isOwn = ownerCvr === grant.cvr;
  return isCross(grant) ? !isOwn : isOwn && !agreement.crossAuthority;
}

/** @returns the first rule that keeps a record out of what is agreed, whatever the grant's constraints */
function failingAgreement(
  { source, ownerCvr, sensitivity }: GrantFacts['access'],
  grant: Grant,
  agreement: Agreement,
  { purpose }: PurposeAndTime,
): RuleWords | undefined {
  const covers = agreement.source === source && agreement.cvr === grant.cvr;
  if (!covers || !agreement.kinds.includes('benefits')) return RECORD_RULES[200];
  if (ownerCvr === null || !isOnSide(ownerCvr, grant, agreement)) return RECORD_RULES[300];
  if (isCross(grant) && !isCrossAuthorityPurpose(purpose)) return WIDER_RULES.PURPOSE_REQUIRED;
  return sensitivity === null || sensitivity > agreement.sensitivity ? RECORD_RULES[500] : undefined;
}

/** @returns the first rule a grant and an agreement fail for a record they do not open. */
function failing(
  { access, benefits }: GrantFacts,
  grant: Grant,
  agreement: Agreement,
  moment: PurposeAndTime,
): RuleWords {
  const agreed = failingAgreement(access, grant, agreement, moment);
  if (agreed) return agreed;
  if (present(access.sensitivity, 'a level that the agreement covers') > mostSensitive(grant))
    return RECORD_RULES[1100];
  if (grant.systems && !grant.systems.includes(access.source)) return RECORD_RULES[1300];
  const { today } = moment;
  const requester: Requester = { subject: '', cvr: grant.cvr, unit: null, barred: [], lifted: [], today };
  const { benefit } = compileBenefitAccess([grant], [agreement], requester, moment).lines({ access });
  return benefits.some((line) => benefit(line))
    ? WIDER_RULES.NO_VISIBLE_PAYMENT
    : WIDER_RULES.NO_VISIBLE_BENEFIT;
}
