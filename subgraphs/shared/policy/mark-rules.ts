import { holdsOn } from '../days/period.js';
import type { AccessFacts, Requester } from './facts.js';
import type { StoreFilter } from './store-filter.js';
import type { RuleWords } from './wider-rules.js';

/** A rule that looks at the record and the caller alone, and so holds whatever the grant. */
export interface RecordRule extends RuleWords {
  /** @returns whether the record passes. */
  readonly passes: (input: { readonly facts: AccessFacts; readonly requester: Requester }) => boolean;
  /**
   * @param at path of an access fact in the document
   * @returns the store filter equal to `passes`
   */
  readonly filter: (at: (fact: keyof AccessFacts) => string, requester: Requester) => StoreFilter;
}

/**
 * Facts certain, in force, no barred person, security profile, display class: the rules that hold whatever the grant, by their order among
 * all (`rules.ts`). A row is all there is of such a rule: `marks.ts` makes the predicate, the store filter and the reason of it.
 */
export const MARK_RULES = {
  100: {
    code: 'FACTS_UNCERTAIN',
    fact: 'stale',
    shortName: 'facts uncertain',
    text: {
      da: 'Sagens adgangsoplysninger er ved at blive opdateret.',
      en: 'The access facts of the case are being updated.',
    },
    overridable: false,
    passes: ({ facts }) => facts.stale !== true,
    filter: (at) => ({ [at('stale')]: { $ne: true } }),
  },
  120: {
    code: 'NOT_IN_FORCE',
    fact: 'validity',
    shortName: 'not in force today',
    text: {
      da: 'Oplysningen gælder ikke i dag.',
      en: 'The record does not hold today.',
    },
    overridable: false,
    passes: ({ facts, requester }) => isInForce(facts, requester.today),
    filter: (at, { today }) => ({
      [at('validFrom')]: { $not: { $gt: today } },
      [at('validTo')]: { $not: { $lte: today } },
    }),
  },
  150: {
    code: 'RELATED_PERSON',
    fact: 'parties',
    shortName: 'the caseworker’s own, kin’s or colleague’s record',
    text: {
      da: 'Kommunens regel om egne, næres og kollegers sager gælder.',
      en: 'The municipality’s rule on one’s own, kin’s and colleagues’ records applies.',
    },
    overridable: false,
    passes: ({ facts, requester }) => !requester.barred.some((person) => facts.parties.includes(person)),
    filter: (at, { barred }) => (barred.length > 0 ? { [at('parties')]: { $nin: [...barred] } } : {}),
  },
  600: {
    code: 'SECURITY_PROFILE',
    fact: 'profile',
    shortName: 'not on the security profile',
    text: { da: 'Sagen er forbeholdt udpegede personer.', en: 'The case is reserved for named persons.' },
    overridable: false,
    passes: ({ facts: { profile }, requester }) =>
      profile === null || profileEntries(requester).some((entry) => profile.includes(entry)),
    filter: (at, requester) => ({ [at('profile')]: { $in: [null, ...profileEntries(requester)] } }),
  },
  700: {
    code: 'DISPLAY_CLASS',
    fact: 'displayClass',
    shortName: 'not shown to caseworkers',
    text: { da: 'Sagen vises ikke for sagsbehandlere.', en: 'The case is not shown to caseworkers.' },
    overridable: false,
    passes: ({ facts }) => !facts.hiddenFrom.includes('caseworker'),
    filter: (at) => ({ [at('hiddenFrom')]: { $ne: 'caseworker' } }),
  },
} as const satisfies Record<number, RecordRule>;

/** Validity is half-open: from inclusive, to exclusive, blank is open. @returns whether a record counts on a day */
export function isInForce({ validFrom, validTo }: AccessFacts, today: string): boolean {
  return holdsOn({ from: validFrom ?? null, to: validTo ?? null }, today);
}

/** @returns the names under which a requester may stand on a security profile. */
export function profileEntries(requester: Requester): string[] {
  return [requester.subject, requester.cvr, ...(requester.unit === null ? [] : [requester.unit])];
}
