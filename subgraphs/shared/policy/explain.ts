import { present } from '../certain/present.js';
import type { AccessFacts, Requester } from './facts.js';
import type { GrantRule } from './grant-rules.js';
import type { Agreement, Grant } from './grants.js';
import { limitTest } from './limits.js';
import type { RecordRule } from './mark-rules.js';
import { RECORD_RULES } from './rules.js';
import { type RuleWords, WIDER_RULES } from './wider-rules.js';

export type Decision =
  | { readonly permit: true; readonly grant: Grant; readonly agreement: Agreement; readonly lifted: boolean }
  | {
      readonly permit: false;
      readonly rule: RuleWords;
      /** The grant and agreement that came furthest; undefined when there was none to try. */
      readonly grant?: Grant;
      readonly agreement?: Agreement;
    };

/** What a rule is asked about: a record, one grant and one agreement. */
interface Trial {
  readonly facts: AccessFacts;
  readonly grant: Grant;
  readonly agreement: Agreement;
  readonly requester: Requester;
}

type AnyRule = RecordRule | GrantRule;

const ALL: readonly AnyRule[] = Object.values(RECORD_RULES);

/**
 * Decides one record and names what decided: of all grants and agreements, the ones that came furthest. The compiled
 * predicate and the store filter of `record-access.ts` give the same answer without the reason.
 * @param rules the rules in their order; all of them for a record by itself
 */
export function explain(
  facts: AccessFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
  rules: readonly AnyRule[] = ALL,
): Decision {
  if (grants.length === 0) return { permit: false, rule: WIDER_RULES.NO_ROLE };
  let best: { failed: number; rule: RuleWords; grant: Grant; agreement: Agreement } | undefined;
  for (const grant of grants) {
    for (const agreement of agreements) {
      const trial = { facts, grant, agreement, requester };
      const failed = rules.findIndex((rule) => !passes(rule, trial));
      const rule = rules[failed];
      if (rule === undefined) return { permit: true, grant, agreement, lifted: false };
      if (isLifted(rule, trial)) return { permit: true, grant, agreement, lifted: true };
      if (best === undefined || failed > best.failed) best = { failed, rule, grant, agreement };
    }
  }
  if (best === undefined)
    return {
      permit: false,
      rule: RECORD_RULES[200],
      grant: present(grants[0], 'a grant that was looked at'),
    };
  const { rule, grant, agreement } = best;
  return { permit: false, rule, grant, agreement };
}

function passes(rule: AnyRule, { facts, grant, agreement, requester }: Trial): boolean {
  if ('passes' in rule) return rule.passes({ facts, requester });
  const limit = rule.limit(grant, agreement);
  return limit === undefined || limitTest(limit)(facts);
}

/** Break-glass lifts what the grant limits, never a core rule: only overridable ones may be left to fail. */
function isLifted({ overridable }: RuleWords, { facts, grant, requester }: Trial): boolean {
  if (!overridable || grant.cvr !== requester.cvr) return false;
  return requester.lifted.some((person) => facts.parties.includes(person));
}
