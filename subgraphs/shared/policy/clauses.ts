import type { AccessFacts, Requester } from './facts.js';
import type { GrantRule } from './grant-rules.js';
import type { Agreement, Grant } from './grants.js';
import { type Limit, limitFilter, limitTest, together } from './limits.js';
import { allOf, type StoreFilter } from './store-filter.js';

/** What one grant lets through of the sources whose agreements agree: every limit must hold. */
export interface Clause {
  readonly limits: readonly Limit[];
  readonly matches: (facts: AccessFacts) => boolean;
  /** @param prefix path of the access facts in the document, ending in a dot, or '' inside `$elemMatch` */
  readonly filter: (prefix: string) => StoreFilter;
}

/**
 * What grants and agreements open by a list of rules, each grant with each agreement. Break-glass opens beside it, for the lifted persons in the
 * caller's own authority, what the rules that it never lifts let through.
 * @returns the limits of each way in; the same ones stand once
 */
export function waysIn(
  rules: readonly GrantRule[],
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  { cvr, lifted }: Pick<Requester, 'cvr' | 'lifted'>,
): (readonly Limit[])[] {
  const core = rules.filter((rule) => !rule.overridable);
  const ways = grants.flatMap((grant) =>
    agreements.flatMap((agreement) => {
      const asked = (some: readonly GrantRule[]): Limit[] =>
        some.flatMap((rule) => rule.limit(grant, agreement) ?? []);
      const own = together(asked(rules));
      if (lifted.length === 0 || grant.cvr !== cvr) return own ? [own] : [];
      const opened = together([...asked(core), { fact: 'parties', oneOf: lifted }]);
      return [own, opened].flatMap((way) => (way ? [way] : []));
    }),
  );
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/** @returns limits that must all hold, as a predicate and the equal store filter. */
export function clauseOf(limits: readonly Limit[]): Clause {
  const tests = limits.map(limitTest);
  return {
    limits,
    matches: (facts) => tests.every((passes) => passes(facts)),
    filter: (prefix) => allOf(limits.map((limit) => limitFilter(limit, prefix))),
  };
}

/** @returns fewer ways in that open the same: those that differ in the source alone become one, so that the filter stays small. */
export function mergeSources(ways: readonly (readonly Limit[])[]): (readonly Limit[])[] {
  const merged = new Map<string, { readonly others: readonly Limit[]; readonly sources: Set<string> }>();
  for (const way of ways) {
    const others = way.filter(({ fact }) => fact !== 'source');
    const known = merged.get(JSON.stringify(others)) ?? { others, sources: new Set() };
    for (const source of sourcesOf(way)) known.sources.add(source);
    merged.set(JSON.stringify(others), known);
  }
  return [...merged.values()].map(({ others, sources }) => [
    { fact: 'source', oneOf: [...sources] },
    ...others,
  ]);
}

/** @returns the sources that limits name; every way in names some, since without an agreement nothing is opened. */
export function sourcesOf(limits: readonly Limit[]): readonly string[] {
  return limits.flatMap((limit) => (limit.fact === 'source' ? limit.oneOf : []));
}
