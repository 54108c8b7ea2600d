import { present } from '../certain/present.js';
import type { AccessFacts, Requester } from './facts.js';
import type { Agreement, Grant } from './grants.js';
import { prefixesOf } from './grants.js';
import { kleMatches } from './kle.js';
import { MARK_RULES } from './mark-rules.js';
import { type RuleWords, WIDER_RULES } from './wider-rules.js';

/** What one rule looks at: a record, one grant and one agreement. */
export interface RuleInput {
  readonly facts: AccessFacts;
  readonly grant: Grant;
  readonly agreement: Agreement;
  readonly requester: Requester;
}

export interface Rule extends RuleWords {
  /** @returns whether the record passes. */
  readonly passes: (input: RuleInput) => boolean;
}

/** The rules that look at a grant and an agreement, by their order. */
const GRANT_RULES = {
  200: {
    code: 'NO_AGREEMENT',
    fact: 'source',
    shortName: 'no service agreement',
    text: {
      da: 'Kommunen har ingen serviceaftale, der dækker.',
      en: 'The municipality has no service agreement that covers it.',
    },
    overridable: false,
    passes: ({ facts, agreement, grant }) => agreement.source === facts.source && agreement.cvr === grant.cvr,
  },
  300: {
    code: 'OTHER_OWNER',
    fact: 'owner',
    shortName: 'another authority owns it',
    text: { da: 'En anden myndighed ejer sagen.', en: 'Another authority owns the case.' },
    overridable: false,
    passes: ({ facts, grant }) => facts.ownerCvr === grant.cvr,
  },
  400: {
    code: 'AGREEMENT_KLE',
    fact: 'kle',
    shortName: 'area outside the agreement',
    text: { da: 'Serviceaftalen dækker ikke området.', en: 'The service agreement does not cover the area.' },
    overridable: false,
    passes: ({ facts, agreement }) => kleMatches(facts.kle, prefixesOf(agreement.kle)),
  },
  500: {
    code: 'AGREEMENT_SENSITIVITY',
    fact: 'sensitivity',
    shortName: 'sensitivity outside the agreement',
    text: {
      da: 'Serviceaftalen dækker ikke følsomheden.',
      en: 'The service agreement does not cover the sensitivity.',
    },
    overridable: false,
    passes: ({ facts, agreement }) =>
      facts.sensitivity !== null && facts.sensitivity <= agreement.sensitivity,
  },
  1000: {
    code: 'KLE',
    fact: 'kle',
    shortName: 'area outside the role',
    text: { da: 'Din rolle dækker ikke området.', en: 'Your role does not cover the area.' },
    overridable: true,
    passes: ({ facts, grant }) => grant.kle !== undefined && kleMatches(facts.kle, prefixesOf(grant.kle)),
  },
  1100: {
    code: 'SENSITIVITY',
    fact: 'sensitivity',
    shortName: 'sensitivity above the role',
    text: { da: 'Din rolle dækker ikke følsomheden.', en: 'Your role does not cover the sensitivity.' },
    overridable: true,
    passes: ({ facts, grant }) =>
      grant.sensitivity !== undefined && facts.sensitivity !== null && facts.sensitivity <= grant.sensitivity,
  },
  1200: {
    code: 'UNIT',
    fact: 'unit',
    shortName: 'another unit is responsible',
    text: { da: 'En anden enhed har ansvaret.', en: 'Another unit is responsible.' },
    overridable: true,
    passes: ({ facts, grant }) =>
      grant.units === undefined || (facts.unit !== null && grant.units.includes(facts.unit)),
  },
  1300: {
    code: 'SYSTEM',
    fact: 'source',
    shortName: 'source system outside the role',
    text: { da: 'Din rolle dækker ikke fagsystemet.', en: 'Your role does not cover the source system.' },
    overridable: true,
    passes: ({ facts, grant }) => grant.systems === undefined || grant.systems.includes(facts.source),
  },
} as const satisfies Record<number, Rule>;

/**
 * The rules for a record, in order; the first that fails is the reason. Order numbers leave gaps: core rules 100–900,
 * overridable ones from 1000. Source: docs/field.md, Access.
 */
export const RECORD_RULES = { ...MARK_RULES, ...GRANT_RULES } as const satisfies Record<number, Rule>;

/** By their numbers: names that are whole numbers come in ascending order, wherever they are written. */
const ORDERED: readonly Rule[] = Object.values(RECORD_RULES);

export type Decision =
  | { readonly permit: true; readonly grant: Grant; readonly agreement: Agreement; readonly lifted: boolean }
  | {
      readonly permit: false;
      readonly rule: RuleWords;
      /** The grant and agreement that came furthest; undefined when there was none to try. */
      readonly grant?: Grant;
      readonly agreement?: Agreement;
    };

/**
 * Decides one record and names what decided: of all grants and agreements, the ones that came furthest. The compiled
 * predicate and the store filter of `record-access.ts` give the same answer without the reason.
 */
export function explain(
  facts: AccessFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): Decision {
  if (grants.length === 0) return { permit: false, rule: WIDER_RULES.NO_ROLE };
  let best: { failed: number; grant: Grant; agreement: Agreement } | undefined;
  for (const grant of grants) {
    for (const agreement of agreements) {
      const failed = ORDERED.findIndex((rule) => !rule.passes({ facts, grant, agreement, requester }));
      if (failed === -1) return { permit: true, grant, agreement, lifted: false };
      if (isLifted(failed, { facts, grant, agreement, requester }))
        return { permit: true, grant, agreement, lifted: true };
      if (best === undefined || failed > best.failed) best = { failed, grant, agreement };
    }
  }
  if (best === undefined)
    return {
      permit: false,
      rule: RECORD_RULES[200],
      grant: present(grants[0], 'a grant that was looked at'),
    };
  const { failed, grant, agreement } = best;
  return { permit: false, rule: present(ORDERED[failed], 'a rule that failed'), grant, agreement };
}

/** Break-glass lifts what the grant limits, never a core rule: only overridable ones may be left to fail. */
function isLifted(failed: number, { facts, grant, requester }: RuleInput): boolean {
  if (!present(ORDERED[failed], 'a rule that failed').overridable || grant.cvr !== requester.cvr)
    return false;
  return requester.lifted.some((person) => facts.parties.includes(person));
}
