/** A rule as it is explained. */
export interface RuleWords {
  readonly code: string;
  readonly shortName: string;
  /** Shown to the caseworker; reveals nothing of the record. */
  readonly text: { readonly da: string; readonly en: string };
  /** Break-glass may lift it; core rules are never lifted. */
  readonly overridable: boolean;
  /** Name of the fact that decides; never its value. */
  readonly fact: string;
}

/**
 * Rules that look at more than one record and grant: the caller, the section, what a record hangs on. All are core
 * rules. Source: docs/field.md, Access.
 */
export const WIDER_RULES = {
  NO_ROLE: {
    code: 'NO_ROLE',
    shortName: 'no role for it',
    text: {
      da: 'Din jobfunktion giver ikke adgang til dette.',
      en: 'Your job function gives no access to this.',
    },
    overridable: false,
    fact: 'roles',
  },
  SECTION_OFF: {
    code: 'SECTION_OFF',
    shortName: 'the municipality does not use the section',
    text: { da: 'Kommunen bruger ikke dette afsnit.', en: 'The municipality does not use this section.' },
    overridable: false,
    fact: 'settings',
  },
  PURPOSE_REQUIRED: {
    code: 'PURPOSE_REQUIRED',
    shortName: 'a purpose must be stated',
    text: { da: 'Angiv formålet med opslaget.', en: 'State the purpose of the look-up.' },
    overridable: false,
    fact: 'purpose',
  },
  CASE_HIDDEN: {
    code: 'CASE_HIDDEN',
    shortName: 'no case it hangs on is visible',
    text: { da: 'Sagen, det hører til, vises ikke.', en: 'The case it belongs to is not shown.' },
    overridable: false,
    fact: 'cases',
  },
  NO_VISIBLE_BENEFIT: {
    code: 'NO_VISIBLE_BENEFIT',
    shortName: 'no granted benefit is visible',
    text: {
      da: 'Ingen bevilget ydelse er inden for din rolle.',
      en: 'No granted benefit lies within your role.',
    },
    overridable: false,
    fact: 'benefits',
  },
  NO_VISIBLE_PAYMENT: {
    code: 'NO_VISIBLE_PAYMENT',
    shortName: 'no payment is visible',
    text: { da: 'Ingen udbetaling er inden for din rolle.', en: 'No payment lies within your role.' },
    overridable: false,
    fact: 'payments',
  },
  RESTRICTED: {
    code: 'RESTRICTED',
    shortName: 'known to exist, not shown',
    text: {
      da: 'Sagen er uden for dine rettigheder. Kontakt den ansvarlige enhed.',
      en: 'The case lies outside your rights. Contact the responsible unit.',
    },
    overridable: false,
    fact: 'record',
  },
  NOT_WITHIN_RIGHTS: {
    code: 'NOT_WITHIN_RIGHTS',
    shortName: 'hidden or unknown',
    text: {
      da: 'Det findes ikke inden for dine rettigheder.',
      en: 'There is no such thing within your rights.',
    },
    overridable: false,
    fact: 'record',
  },
} as const satisfies Record<string, RuleWords>;
