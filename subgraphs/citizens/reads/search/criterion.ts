import type { SearchMatch } from '../../../../schema/generated/citizens.js';
import type { StoreFilter } from '../../../shared/policy/store-filter.js';
import type { CitizenRecord } from '../../source/records.js';

/** How a person answers to a criterion. */
export interface Found {
  readonly by: SearchMatch;
  /** The lower, the earlier in the list. */
  readonly rank: number;
  /** The former address that the person was found by. */
  readonly formerLine: string | null;
}

/** One thing that is searched for. */
export interface Criterion {
  /** Conditions of which one must hold. */
  readonly alternatives: readonly StoreFilter[];
  /** A narrower condition, for when too many hold the others. */
  readonly exact?: StoreFilter | undefined;
  /** As it is logged. */
  readonly logged: readonly { readonly name: string; readonly value: string }[];
  /** @returns how a person whom a condition holds for answers; undefined when not on this day. */
  readonly found: (record: CitizenRecord) => Found | undefined;
}

export const foundBy = (by: SearchMatch, rank = 0): Found => ({ by, rank, formerLine: null });

/** @returns conditions of which one holds for whoever answers to all criteria. */
export function together(criteria: readonly (readonly StoreFilter[])[]): StoreFilter[] {
  return criteria
    .reduce<StoreFilter[][]>(
      (combined, alternatives) =>
        combined.flatMap((before) => alternatives.map((alternative) => [...before, alternative])),
      [[]],
    )
    .map((all) => ({ $and: all }));
}
