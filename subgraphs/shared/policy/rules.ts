import type { AccessFacts, Requester } from './facts.js';
import type { Agreement, Grant } from './grants.js';
import { prefixesOf } from './grants.js';
import { kleMatches } from './kle.js';

/** What one rule looks at: a record, one grant and one agreement. */
export interface RuleInput {
  readonly facts: AccessFacts;
  readonly grant: Grant;
  readonly agreement: Agreement;
  readonly requester: Requester;
}

export interface Rule {
  readonly code: string;
  readonly shortName: string;
  /** Told to the caseworker; reveals nothing of the record. */
  readonly text: { readonly da: string; readonly en: string };
  /** Break-glass may lift it; core rules are never lifted. */
  readonly overridable: boolean;
  /** @returns whether the record passes. */
  readonly passes: (input: RuleInput) => boolean;
}

/**
 * The rules for a record, in order; the first that fails is the reason. Order numbers leave gaps: core rules 100–900,
 * overridable ones from 1000 (style.md §1.3). Source: domain.md §3.2, F69–F77 and F83.
 */
export const RECORD_RULES = {
  100: {
    code: 'FACTS_UNCERTAIN',
    shortName: 'facts uncertain',
    text: {
      da: 'Sagens adgangsoplysninger er ved at blive opdateret.',
      en: 'The access facts of the case are being updated.',
    },
    overridable: false,
    passes: ({ facts }) => facts.stale !== true,
  },
  200: {
    code: 'NO_AGREEMENT',
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
    shortName: 'another authority owns it',
    text: { da: 'En anden myndighed ejer sagen.', en: 'Another authority owns the case.' },
    overridable: false,
    passes: ({ facts, grant }) => facts.ownerCvr !== null && facts.ownerCvr === grant.cvr,
  },
  400: {
    code: 'AGREEMENT_KLE',
    shortName: 'area outside the agreement',
    text: { da: 'Serviceaftalen dækker ikke området.', en: 'The service agreement does not cover the area.' },
    overridable: false,
    passes: ({ facts, agreement }) => kleMatches(facts.kle, prefixesOf(agreement.kle)),
  },
  500: {
    code: 'AGREEMENT_SENSITIVITY',
    shortName: 'sensitivity outside the agreement',
    text: {
      da: 'Serviceaftalen dækker ikke følsomheden.',
      en: 'The service agreement does not cover the sensitivity.',
    },
    overridable: false,
    passes: ({ facts, agreement }) =>
      facts.sensitivity !== null && facts.sensitivity <= agreement.sensitivity,
  },
  600: {
    code: 'SECURITY_PROFILE',
    shortName: 'not on the security profile',
    text: { da: 'Sagen er forbeholdt udpegede personer.', en: 'The case is reserved for named persons.' },
    overridable: false,
    passes: ({ facts, requester }) =>
      facts.profile === null || profileEntries(requester).some((entry) => facts.profile!.includes(entry)),
  },
  700: {
    code: 'DISPLAY_CLASS',
    shortName: 'not shown to caseworkers',
    text: { da: 'Sagen vises ikke for sagsbehandlere.', en: 'The case is not shown to caseworkers.' },
    overridable: false,
    passes: ({ facts }) => !facts.hiddenFrom.includes('caseworker'),
  },
  1000: {
    code: 'KLE',
    shortName: 'area outside the role',
    text: { da: 'Din rolle dækker ikke området.', en: 'Your role does not cover the area.' },
    overridable: true,
    passes: ({ facts, grant }) => grant.kle !== undefined && kleMatches(facts.kle, prefixesOf(grant.kle)),
  },
  1100: {
    code: 'SENSITIVITY',
    shortName: 'sensitivity above the role',
    text: { da: 'Din rolle dækker ikke følsomheden.', en: 'Your role does not cover the sensitivity.' },
    overridable: true,
    passes: ({ facts, grant }) =>
      grant.sensitivity !== undefined && facts.sensitivity !== null && facts.sensitivity <= grant.sensitivity,
  },
  1200: {
    code: 'UNIT',
    shortName: 'another unit is responsible',
    text: { da: 'En anden enhed har ansvaret.', en: 'Another unit is responsible.' },
    overridable: true,
    passes: ({ facts, grant }) =>
      grant.units === undefined || (facts.unit !== null && grant.units.includes(facts.unit)),
  },
} as const satisfies Record<number, Rule>;

const ORDERED: readonly Rule[] = Object.entries(RECORD_RULES)
  .sort(([a], [b]) => Number(a) - Number(b))
  .map(([, rule]) => rule);

/** @returns the names under which a requester may stand on a security profile. */
export function profileEntries(requester: Requester): string[] {
  return [requester.subject, requester.cvr, ...(requester.unit === null ? [] : [requester.unit])];
}

export type Decision =
  { readonly permit: true } | { readonly permit: false; readonly rule: Pick<Rule, 'code'> };

/** Refusal of a caller who holds no grant of the role asked for. */
export const NO_ROLE = { code: 'NO_ROLE' } as const;

/**
 * Decides one record and names the rule that refuses it: of all grants and agreements, the one that came furthest.
 * The compiled predicate and the store filter of `record-access.ts` give the same answer without the reason.
 */
export function explain(
  facts: AccessFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): Decision {
  if (grants.length === 0) return { permit: false, rule: NO_ROLE };
  let furthest = -1;
  for (const grant of grants) {
    for (const agreement of agreements) {
      const failed = ORDERED.findIndex((rule) => !rule.passes({ facts, grant, agreement, requester }));
      if (failed === -1) return { permit: true };
      furthest = Math.max(furthest, failed);
    }
  }
  return { permit: false, rule: ORDERED[furthest] ?? RECORD_RULES[200] };
}
