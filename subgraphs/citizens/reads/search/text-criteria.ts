import { badInput } from '../../../shared/errors/coded-error.js';
import type { StoreFilter } from '../../../shared/policy/store-filter.js';
import { checkNoPersonalNumber } from '../../../shared/scalars/check-text.js';
import {
  type AskedAddress,
  exactPlaceFilter,
  isAt,
  isEnough,
  isExactlyAt,
  namesStreet,
  placeFilters,
  readAddress,
} from '../../source/address-text.js';
import { addressOn } from '../../source/addresses.js';
import type { CitizenRecord } from '../../source/records.js';
import { beginsWith, readName } from '../../source/search-text.js';
import { type Criterion, type Found, foundBy } from './criterion.js';

const MAX_TEXT = 200;
const MIN_WORD = 2;
const TEXT_RULE = `${MIN_WORD} to ${MAX_TEXT} characters with at least one word of ${MIN_WORD} letters or digits`;

/** What the search of addresses depends on. */
export interface AddressRights {
  /** Whether a protected address would be shown anyway. */
  readonly findsProtected: boolean;
  /** `yyyy-mm-dd` in Denmark: who is to move to an address later is not found by it. */
  readonly today: string;
}

/** @returns whoever has these names, or names that begin so, in any order. */
export function nameCriterion(name: string): Criterion {
  const readings = readingsOf('criteria.name', name);
  return {
    alternatives: readings.map(nameFilter),
    logged: [{ name: 'name', value: name }],
    found: () => foundBy('NAME'),
  };
}

/** @returns whoever lives or lived at an address, the very house number first. */
export function addressCriterion(address: string, rights: AddressRights): Criterion {
  checkSearched('criteria.address', address);
  const asked = readAddress(address);
  if (!isEnough(asked)) throw badInput('criteria.address', TEXT_RULE);
  const exact = asked.number === null ? undefined : exactPlaceFilter(asked, rights.today);
  return {
    alternatives: placeFilters(asked, rights.today).map((filter) => unprotected(filter, rights)),
    exact: exact && unprotected(exact, rights),
    logged: [{ name: 'address', value: address }],
    found: (record) => foundAt(record, asked, rights),
  };
}

/** @returns whoever has these names or lives in this street: a word can be either. */
export function nameOrStreetCriterion(text: string, rights: AddressRights): Criterion {
  const readings = readingsOf('criteria.nameOrStreet', text);
  const asked = readAddress(text);
  const whole = exactPlaceFilter(asked, rights.today);
  const streets = namesStreet(asked) ? placeFilters(asked, rights.today) : whole ? [whole] : [];
  const isNamed = ({ nameTokens }: CitizenRecord) =>
    readings.some((words) => words.every((word) => nameTokens.some((token) => token.startsWith(word))));
  return {
    alternatives: [...readings.map(nameFilter), ...streets.map((filter) => unprotected(filter, rights))],
    logged: [{ name: 'nameOrStreet', value: text }],
    found: (record) => (isNamed(record) ? foundBy('NAME') : foundAt(record, asked, rights)),
  };
}

function checkSearched(field: string, text: string): void {
  if (text.length > MAX_TEXT) throw badInput(field, TEXT_RULE);
  checkNoPersonalNumber(field, text);
}

/** @returns the readings of a name that have enough in them to look for. */
function readingsOf(field: string, text: string): string[][] {
  checkSearched(field, text);
  const readings = readName(text).filter((words) => words.some((word) => word.length >= MIN_WORD));
  if (readings.length === 0) throw badInput(field, TEXT_RULE);
  return readings;
}

function nameFilter(words: readonly string[]): StoreFilter {
  return { $and: words.map((word) => ({ nameTokens: beginsWith(word) })) };
}

/** Searching by address must never find a protected one, unless it would be shown directly anyway. */
function unprotected(filter: StoreFilter, { findsProtected }: AddressRights): StoreFilter {
  return findsProtected ? filter : { $and: [filter, { protectedAddress: false }] };
}

/** @returns undefined for a person who is to move there, and nothing else */
function foundAt(
  { addresses, places }: CitizenRecord,
  asked: AskedAddress,
  { today }: AddressRights,
): Found | undefined {
  const current = addressOn(addresses, today);
  const present = current ? addresses.indexOf(current) : -1;
  const at = places.flatMap((place, i) => (isAt(place, asked) ? [{ place, i }] : []));
  if (at.length > 0 && at.every(({ place }) => place.from > today)) return undefined;
  const ranked = at.flatMap(({ place, i }): Found[] => {
    if (place.from > today) return [];
    const rank = isExactlyAt(place, asked) ? (i === present ? 0 : 1) : 2;
    if (i === present) return [foundBy('ADDRESS', rank)];
    return [{ by: 'FORMER_ADDRESS', rank, formerLine: addresses[i]?.line ?? null }];
  });
  const isPresent = ({ by }: Found) => by === 'ADDRESS';
  return (
    ranked.sort((a, b) => a.rank - b.rank || Number(isPresent(b)) - Number(isPresent(a)))[0] ??
    foundBy('ADDRESS', 2)
  );
}
