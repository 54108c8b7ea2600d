import type { GrantRule } from './grant-rules.js';
import type { Grant } from './grants.js';
import { PASSES_NOTHING } from './limits.js';
import { RECORD_RULES } from './rules.js';
import type { SensitivityRank } from './sensitivity.js';
import { WIDER_RULES } from './wider-rules.js';

/** Purposes that open other authorities' benefits, by code. Source: docs/field.md, Law (UDK act, sections 6–8). */
export const CROSS_AUTHORITY_PURPOSES = ['UDK-8-BENEFIT-CASE', 'UDK-6-7-FACTS'] as const;

/** Other authorities' benefits are never shown above this level, whatever the agreement says (ADR 005). */
const CROSS_AUTHORITY_SENSITIVITY: SensitivityRank = 3;

/** @returns whether a stated purpose opens other authorities' benefits. */
export function isCrossAuthorityPurpose(purpose: string | null): boolean {
  return CROSS_AUTHORITY_PURPOSES.some((known) => known === purpose);
}

/** @returns whether a grant opens the benefits of other authorities. */
const isCrossAuthority = ({ role }: Pick<Grant, 'role'>): boolean => role === 'benefit-cross-authority';

/**
 * The rules for a benefit grant itself, in their order: those of every record, except that the right to other authorities' benefits opens all
 * authorities' but the own, under a stated purpose and up to one level; and that the area stands on the lines.
 * Source: docs/field.md, Access.
 * @param purpose the stated purpose
 */
export function benefitRules(purpose: string | null): readonly GrantRule[] {
  return [
    RECORD_RULES[200],
    {
      ...RECORD_RULES[300],
      limit: (grant, agreement) => {
        if (isCrossAuthority(grant)) return { fact: 'ownerCvr', noneOf: [grant.cvr] };
        return agreement.crossAuthority ? PASSES_NOTHING : RECORD_RULES[300].limit(grant);
      },
    },
    {
      ...WIDER_RULES.PURPOSE_REQUIRED,
      limit: (grant) =>
        isCrossAuthority(grant) && !isCrossAuthorityPurpose(purpose) ? PASSES_NOTHING : undefined,
    },
    RECORD_RULES[500],
    {
      ...RECORD_RULES[1100],
      limit: (grant) =>
        isCrossAuthority(grant)
          ? { fact: 'sensitivity', atMost: CROSS_AUTHORITY_SENSITIVITY }
          : RECORD_RULES[1100].limit(grant),
    },
    RECORD_RULES[1300],
  ];
}

/** The rules for one granted benefit or one payment of a grant: each has an area of its own. */
export const BENEFIT_LINE_RULES: readonly GrantRule[] = [RECORD_RULES[400], RECORD_RULES[1000]];
