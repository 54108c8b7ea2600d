import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import { agreements } from '../../seed/source-systems.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';

export const OWN = '12345678';
export const OTHER = '23456780';
export const UDK = '33236239';

/** A caseworker in the own municipality. */
/** Somebody who is party to nothing the caller is barred from or has lifted. */
const CITIZEN = 'citizen-1';

export const requester: Requester = {
  subject: 'user-test',
  cvr: OWN,
  unit: 'unit-benefits',
  barred: [],
  lifted: [],
  today: '2026-11-22',
};

/** @returns a confidential sickness-benefit case of the own municipality, with the given changes. */
export function caseFacts(change: Partial<AccessFacts> = {}): AccessFacts {
  return {
    ownerCvr: OWN,
    kle: '32.30.04',
    sensitivity: 2,
    unit: 'unit-benefits',
    profile: null,
    hiddenFrom: [],
    parties: [CITIZEN],
    source: 'KSD',
    ...change,
  };
}

/** @returns an agreement that covers cash benefits at every level, with the given changes. */
export function agreement(change: Partial<Agreement> = {}): Agreement {
  return {
    source: 'KSD',
    name: 'KSD',
    cvr: OWN,
    kinds: ['cases', 'documents', 'benefits', 'alerts'],
    kle: ['32.*'],
    sensitivity: 4,
    crossAuthority: false,
    staleAfterHours: 24,
    ...change,
  };
}

/** @returns the seeded agreements of a municipality as decisions see them. */
export function agreementsOf(cvr: string): Agreement[] {
  const seeded = agreements().filter((content) => content.cvr === cvr);
  return seeded.flatMap(({ content }) => {
    if (content.kind !== 'agreement') return [];
    const { source, name, kinds, kle, sensitivity, crossAuthority, staleAfterHours } = content;
    return [{ source, name, cvr, kinds, kle, sensitivity, crossAuthority, staleAfterHours }];
  });
}

/** @returns a grant that reads confidential cash-benefit cases, with the given changes. */
export function grant(change: Partial<Grant> = {}): Grant {
  return { role: 'case-read', cvr: OWN, kle: ['32.*'], sensitivity: 2, ...change };
}
