import { placeOf } from './address-text.js';
import { homesOf, householdsOf } from './addresses.js';
import type { AddressRecord, SearchKeys } from './records.js';
import { nameKeys } from './search-text.js';

/**
 * Raised when persons and companies are found by other keys than before: what is stored is then given new ones at the start.
 * 4: addresses with their first day. 3: households and homes with the days they hold. 2: letters that do not come apart, joined names, addresses each by itself. 1: words of names, and of all addresses together.
 */
export const SEARCH_KEYS_VERSION = 4;

/** @returns what a person is found by. */
export function searchKeysOf(person: {
  readonly name: string;
  readonly addresses: readonly AddressRecord[];
}): SearchKeys {
  return {
    nameTokens: nameKeys(person.name),
    places: person.addresses.map(({ line, from }) => ({ ...placeOf(line), from })),
    households: householdsOf(person.addresses),
    homes: homesOf(person.addresses),
  };
}
