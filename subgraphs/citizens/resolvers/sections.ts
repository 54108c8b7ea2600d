import type {
  AddressResolvers,
  AddressSectionResolvers,
  FamilySectionResolvers,
  HouseholdSectionResolvers,
  RemarkResolvers,
  RemarkSectionResolvers,
} from '../../../schema/generated/citizens.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { isReadable } from '../../shared/sections/section.js';
import { currentAddress, shownAddresses } from '../reads/address.js';
import { householdVisibility, readMembers, readRelatives } from '../reads/relatives.js';
import { readRemarks } from '../reads/remarks.js';

const head = {
  outcome: ({ outcome }: { outcome: AddressOutcome }) => outcome,
  sources: <S>({ sources }: { sources: S }) => sources,
  reason: <R>({ reason }: { reason: R }) => reason,
};
type AddressOutcome = Parameters<typeof isReadable>[0]['outcome'];

export const AddressSection: AllResolvers<AddressSectionResolvers> = {
  ...head,
  visibility: (section, _args, context) => {
    if (!isReadable(section)) return null;
    if (currentAddress(context, section.citizen) === null) return 'NOT_REGISTERED';
    return section.citizen.addressShown ? 'SHOWN' : 'PROTECTED';
  },
  current: (section, _args, context) => shownAddresses(context, section).current,
  history: (section, _args, context) => shownAddresses(context, section).history,
  upcoming: (section, _args, context) => shownAddresses(context, section).upcoming,
};

export const FamilySection: AllResolvers<FamilySectionResolvers> = {
  ...head,
  relatives: (section, _args, context) => readRelatives(context, section),
};

export const HouseholdSection: AllResolvers<HouseholdSectionResolvers> = {
  ...head,
  visibility: (section, _args, context) =>
    isReadable(section) ? householdVisibility(context, section) : null,
  members: (section, _args, context) => readMembers(context, section),
};

export const RemarkSection: AllResolvers<RemarkSectionResolvers> = {
  ...head,
  remarks: (section, _args, context) => readRemarks(context, section),
};

export const Address: AllResolvers<AddressResolvers> = {
  line: ({ line }) => line,
  municipality: ({ municipalityCvr }, _args, context) => context.references.authority(municipalityCvr),
  validFrom: ({ from }) => from,
  validTo: ({ to }) => to,
};

export const Remark: AllResolvers<RemarkResolvers> = {
  id: ({ _id }) => _id,
  type: ({ type }) => type,
  text: ({ text }) => text,
  validTo: ({ validTo }) => validTo,
  sourceSystem: ({ source }, _args, context) => sourceSystem(context, source),
};
