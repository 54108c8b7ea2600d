import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { AddressSectionModel, CitizenModel } from '../models.js';
import type { AddressRecord } from '../source/records.js';

/** Opens the address section of a person already loaded. */
export async function addressSection(context: Context, citizen: CitizenModel): Promise<AddressSectionModel> {
  const subject = { event: 'section-read', citizenId: citizen.record._id } as const;
  const head = await openSection(context.sections, {
    section: 'address',
    permission: 'citizen-read',
    kind: 'persons',
    subject,
  });
  return { ...head, citizen };
}

/** @returns the address that holds today. */
export function currentAddress({ record }: CitizenModel): AddressRecord | null {
  return record.addresses.find((address) => address.to === null) ?? null;
}

/** @returns the addresses a section may show: none when protected, whatever was asked for. */
export function shownAddresses(section: AddressSectionModel): {
  current: AddressRecord | null;
  history: AddressRecord[] | null;
} {
  if (!isReadable(section) || !section.citizen.addressShown) return { current: null, history: null };
  const { addresses } = section.citizen.record;
  return {
    current: currentAddress(section.citizen),
    history: addresses.filter((address) => address.to !== null),
  };
}

/** The deliberate extra step for a protected address; logged as its own event. */
export async function revealProtectedAddress(
  context: Context,
  citizen: CitizenModel,
): Promise<AddressRecord | null> {
  if (!citizen.record.protectedAddress) return null;
  const { _id: id } = citizen.record;
  return context.guard.readOne(
    'citizen-read',
    { event: 'protected-address-revealed', citizenId: id, asked: [id] },
    () => Promise.resolve(currentAddress(citizen)),
    () => ({ objects: [id] }),
  );
}

/** The full personal number; logged as its own event. */
export async function revealCprNumber(context: Context, citizen: CitizenModel): Promise<string | null> {
  const { _id: id, cpr } = citizen.record;
  return context.guard.readOne(
    'citizen-read',
    { event: 'cpr-revealed', citizenId: id, asked: [id] },
    () => Promise.resolve(cpr),
    () => ({ objects: [id] }),
  );
}
