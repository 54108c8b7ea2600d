import type { AccessFacts, Requester } from './facts.js';
import { MARK_RULES } from './mark-rules.js';
import { allOf, type StoreFilter } from './store-filter.js';
import type { RuleWords } from './wider-rules.js';

/** By their numbers, as in `rules.ts`. */
const ORDERED = Object.values(MARK_RULES);

/** @returns whether a record passes every rule that holds whatever the grant. */
export function passesMarks(facts: AccessFacts, requester: Requester): boolean {
  return failedMark(facts, requester) === undefined;
}

/** @returns the first of these rules that a record fails. */
export function failedMark(facts: AccessFacts, requester: Requester): RuleWords | undefined {
  const input = { facts, requester };
  return ORDERED.find((rule) => !rule.passes(input));
}

/** @returns the store filter equal to `passesMarks`. */
export function marksFilter(prefix: string, requester: Requester): StoreFilter {
  return allOf(ORDERED.map((rule) => rule.filter((fact) => `${prefix}${fact}`, requester)));
}
