import type { AccessFacts, Requester } from './facts.js';
import { isInForce, profileEntries } from './rules.js';
import type { StoreFilter } from './store-filter.js';

/** Rules that hold whatever the grant: facts certain, in force, no barred person, security profile, display class (docs/field.md, Access). */
export function passesMarks(facts: AccessFacts, requester: Requester): boolean {
  if (requester.barred.some((person) => facts.parties.includes(person))) return false;
  if (facts.stale === true || facts.hiddenFrom.includes('caseworker')) return false;
  if (!isInForce(facts, requester.today)) return false;
  const { profile } = facts;
  return profile === null || profileEntries(requester).some((entry) => profile.includes(entry));
}

/** @returns the store filter equal to `passesMarks`. */
export function marksFilter(prefix: string, requester: Requester): StoreFilter {
  return {
    [`${prefix}stale`]: { $ne: true },
    [`${prefix}validFrom`]: { $not: { $gt: requester.today } },
    [`${prefix}validTo`]: { $not: { $lte: requester.today } },
    [`${prefix}hiddenFrom`]: { $ne: 'caseworker' },
    [`${prefix}profile`]: { $in: [null, ...profileEntries(requester)] },
    ...(requester.barred.length > 0 && { [`${prefix}parties`]: { $nin: [...requester.barred] } }),
  };
}
