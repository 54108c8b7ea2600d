import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { AddressSectionModel, CitizenModel } from '../models.js';
import { addressOn } from '../source/addresses.js';
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
export function currentAddress({ today }: Context, { record }: CitizenModel): AddressRecord | null {
  return addressOn(record.addresses, today);
}

/** The addresses of a person as a section shows them. */
interface ShownAddresses {
  readonly current: AddressRecord | null;
  readonly history: AddressRecord[] | null;
  readonly upcoming: AddressRecord[] | null;
}

/** @returns the addresses a section may show: none when protected, whatever was asked for. */
export function shownAddresses(context: Context, section: AddressSectionModel): ShownAddresses {
  if (!isReadable(section) || !section.citizen.addressShown)
    return { current: null, history: null, upcoming: null };
  const { addresses } = section.citizen.record;
  const current = currentAddress(context, section.citizen);
  const isUpcoming = ({ from }: AddressRecord) => from > context.today;
  return {
    current,
    history: addresses.filter((address) => address !== current && !isUpcoming(address)),
    upcoming: addresses.filter(isUpcoming),
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
    () => Promise.resolve(currentAddress(context, citizen)),
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
