import type { AccessFacts } from './facts.js';
import { intersectPrefixes, kleConditions, type KlePrefix, kleTest } from './kle.js';
import type { SensitivityRank } from './sensitivity.js';
import { lowerRank } from './sensitivity.js';
import { anyOf, type StoreFilter } from './store-filter.js';

/**
 * What a grant or an agreement asks of one access fact. A record without the fact never passes; of `parties` one of the
 * named persons is enough. `noneOf` asks for an owner, and not one of these.
 */
export type Limit =
  | { readonly fact: 'source' | 'ownerCvr' | 'unit' | 'parties'; readonly oneOf: readonly string[] }
  | { readonly fact: 'ownerCvr'; readonly noneOf: readonly string[] }
  | { readonly fact: 'sensitivity'; readonly atMost: SensitivityRank }
  | { readonly fact: 'kle'; readonly startsWith: readonly KlePrefix[] };

/** The access facts that limits look at. */
export type LimitedFacts = Pick<AccessFacts, Limit['fact']>;

/** A limit that nothing passes: no source at all. */
export const PASSES_NOTHING: Limit = { fact: 'source', oneOf: [] };

/** @returns the limit as a predicate. */
export function limitTest(limit: Limit): (facts: LimitedFacts) => boolean {
  if ('atMost' in limit) return ({ sensitivity }) => sensitivity !== null && sensitivity <= limit.atMost;
  if ('startsWith' in limit) {
    const covers = kleTest(limit.startsWith);
    return ({ kle }) => covers(kle);
  }
  if ('noneOf' in limit) return ({ ownerCvr }) => ownerCvr !== null && !limit.noneOf.includes(ownerCvr);
  const { fact, oneOf } = limit;
  if (fact === 'parties') return ({ parties }) => oneOf.some((person) => parties.includes(person));
  return (facts) => {
    const value = facts[fact];
    return value !== null && oneOf.includes(value);
  };
}

/**
 * @param prefix path of the access facts in the document, ending in a dot, or '' inside `$elemMatch`
 * @returns the limit as the equal store filter
 */
export function limitFilter(limit: Limit, prefix: string): StoreFilter {
  const path = `${prefix}${limit.fact}`;
  if ('atMost' in limit) return { [path]: { $lte: limit.atMost } };
  if ('startsWith' in limit)
    return anyOf(kleConditions(limit.startsWith).map((condition) => ({ [path]: condition })));
  if ('noneOf' in limit) return { [path]: { $nin: [...limit.noneOf, null] } };
  return { [path]: { $in: [...limit.oneOf] } };
}

/**
 * @param limits limits that must all hold
 * @returns the same with one limit for each fact, where two of one form become one; undefined when nothing can pass them
 */
export function together(limits: readonly Limit[]): readonly Limit[] | undefined {
  const joined = new Map<string, Limit>();
  for (const limit of limits) {
    const form = formOf(limit);
    const known = joined.get(form);
    const both = known ? bothOf(known, limit) : limit;
    if (isImpossible(both)) return undefined;
    joined.set(form, both);
  }
  return [...joined.values()];
}

/** Limits of one form can become one. Of persons among the parties they cannot: each may be met by another person. */
function formOf(limit: Limit): string {
  if (limit.fact === 'parties') return JSON.stringify(limit);
  return 'noneOf' in limit ? `not ${limit.fact}` : limit.fact;
}

function bothOf(first: Limit, second: Limit): Limit {
  if ('atMost' in first && 'atMost' in second)
    return { ...first, atMost: lowerRank(first.atMost, second.atMost) };
  if ('startsWith' in first && 'startsWith' in second)
    return { ...first, startsWith: intersectPrefixes(first.startsWith, second.startsWith).sort() };
  if ('oneOf' in first && 'oneOf' in second)
    return { ...first, oneOf: first.oneOf.filter((value) => second.oneOf.includes(value)) };
  if ('noneOf' in first && 'noneOf' in second)
    return { ...first, noneOf: [...first.noneOf, ...second.noneOf] };
  throw new Error(`limits on ${first.fact} and ${second.fact} of two forms cannot become one`);
}

function isImpossible(limit: Limit): boolean {
  return (
    ('oneOf' in limit && limit.oneOf.length === 0) || ('startsWith' in limit && limit.startsWith.length === 0)
  );
}
