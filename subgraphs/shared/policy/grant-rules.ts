import { type Agreement, type Grant, prefixesOf } from './grants.js';
import { type Limit, PASSES_NOTHING } from './limits.js';
import { ROLE_DEFINITIONS } from './permissions.js';
import type { RuleWords } from './wider-rules.js';

/** A rule that looks at a grant and an agreement. */
export interface GrantRule extends RuleWords {
  /** @returns what the rule asks of a record under this grant and agreement; undefined when it asks nothing. */
  readonly limit: (grant: Grant, agreement: Agreement) => Limit | undefined;
}

/**
 * The rules that look at a grant and an agreement, by their order among all (`rules.ts`). A row is all there is of such a
 * rule: `clauses.ts` makes predicate and store filter of its limit, `explain.ts` the reason.
 */
export const GRANT_RULES = {
  200: {
    code: 'NO_AGREEMENT',
    fact: 'source',
    shortName: 'no service agreement',
    text: {
      da: 'Kommunen har ingen serviceaftale, der dækker.',
      en: 'The municipality has no service agreement that covers it.',
    },
    overridable: false,
    limit: (grant, { cvr, source }) =>
      cvr === grant.cvr ? { fact: 'source', oneOf: [source] } : PASSES_NOTHING,
  },
  300: {
    code: 'OTHER_OWNER',
    fact: 'owner',
    shortName: 'another authority owns it',
    text: { da: 'En anden myndighed ejer sagen.', en: 'Another authority owns the case.' },
    overridable: false,
    limit: ({ cvr }) => ({ fact: 'ownerCvr', oneOf: [cvr] }),
  },
  400: {
    code: 'AGREEMENT_KLE',
    fact: 'kle',
    shortName: 'area outside the agreement',
    text: { da: 'Serviceaftalen dækker ikke området.', en: 'The service agreement does not cover the area.' },
    overridable: false,
    limit: (_, { kle }) => ({ fact: 'kle', startsWith: prefixesOf(kle) }),
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
    limit: (_, { sensitivity }) => ({ fact: 'sensitivity', atMost: sensitivity }),
  },
  1000: {
    code: 'KLE',
    fact: 'kle',
    shortName: 'area outside the role',
    text: { da: 'Din rolle dækker ikke området.', en: 'Your role does not cover the area.' },
    overridable: true,
    limit: ({ kle }) => ({ fact: 'kle', startsWith: prefixesOf(kle ?? []) }),
  },
  1100: {
    code: 'SENSITIVITY',
    fact: 'sensitivity',
    shortName: 'sensitivity above the role',
    text: { da: 'Din rolle dækker ikke følsomheden.', en: 'Your role does not cover the sensitivity.' },
    overridable: true,
    limit: ({ role, sensitivity }) => {
      if (sensitivity !== undefined) return { fact: 'sensitivity', atMost: sensitivity };
      return ROLE_DEFINITIONS[role].compulsory.includes('sensitivity') ? PASSES_NOTHING : undefined;
    },
  },
  1200: {
    code: 'UNIT',
    fact: 'unit',
    shortName: 'another unit is responsible',
    text: { da: 'En anden enhed har ansvaret.', en: 'Another unit is responsible.' },
    overridable: true,
    limit: ({ units }) => units && { fact: 'unit', oneOf: units },
  },
  1300: {
    code: 'SYSTEM',
    fact: 'source',
    shortName: 'source system outside the role',
    text: { da: 'Din rolle dækker ikke fagsystemet.', en: 'Your role does not cover the source system.' },
    overridable: true,
    limit: ({ systems }) => systems && { fact: 'source', oneOf: systems },
  },
} as const satisfies Record<number, GrantRule>;
