import { holdsOn } from '../../shared/days/period.js';
import type { Home } from '../../shared/policy/citizen-reach.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import { addressKey } from './address-text.js';
import type { AddressRecord, Household } from './records.js';

/**
 * @param day `yyyy-mm-dd`
 * @returns the address that holds on a day. Where the register lets two hold, the one that began last
 */
export function addressOn(addresses: readonly AddressRecord[], day: string): AddressRecord | null {
  return addresses
    .filter((address) => holdsOn(address, day))
    .reduce<AddressRecord | null>(
      (last, address) => (last && last.from >= address.from ? last : address),
      null,
    );
}

/** @returns where a person is, was or will be at home. */
export function householdsOf(addresses: readonly AddressRecord[]): Household[] {
  return addresses.map(({ line, from, to }) => ({ key: addressKey(line), from, to }));
}

/** @returns the municipalities of a person's addresses, each from its first day. */
export function homesOf(addresses: readonly AddressRecord[]): Home[] {
  const first = new Map<string, string>();
  for (const { municipalityCvr: cvr, from } of addresses) {
    const known = cvr === null ? undefined : first.get(cvr);
    if (cvr !== null && (known === undefined || from < known)) first.set(cvr, from);
  }
  return [...first].map(([cvr, from]) => ({ cvr, from }));
}

/** @returns the key of the address that a person shares on a day; null for a person without one. */
export function householdOn(addresses: readonly AddressRecord[], day: string): string | null {
  const current = addressOn(addresses, day);
  return current && addressKey(current.line);
}

/** @returns what finds whoever has some of these addresses on a day; two that hold at once are distinguished when read. */
export function householdFilter(keys: readonly string[], day: string): StoreFilter {
  const holds = { from: { $lte: day }, $or: [{ to: null }, { to: { $gt: day } }] };
  return { households: { $elemMatch: { $and: [{ key: { $in: [...keys] } }, holds] } } };
}
