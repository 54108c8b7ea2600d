import type { CitizenResolvers } from '../../../schema/generated/citizens.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { maskCpr } from '../../shared/scalars/cpr.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CitizenModel } from '../models.js';
import { addressSection, currentAddress, revealCprNumber, revealProtectedAddress } from '../reads/address.js';
import { badgesOf } from '../reads/badges.js';
import { readIsFavourite } from '../reads/own-persons.js';
import { familySection, householdSection } from '../reads/relatives.js';
import { remarkSection } from '../reads/remarks.js';

const resolveReference: ReferenceResolver<Context, CitizenModel> = ({ id }, context) =>
  context.referred.load(requireUuid('id', id));

export const Citizen: AllResolvers<CitizenResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  id: ({ record }) => record._id,
  sourceSystem: ({ record }, _args, context) => sourceSystem(context, record.source),
  registerAsOf: ({ record }) => record.registeredAt,
  name: ({ record }) => record.name,
  cprNumber: (citizen, _args, context) => revealCprNumber(context, citizen),
  maskedCprNumber: ({ record }) => maskCpr(record.cpr),
  maskedFormerCprNumbers: ({ record }) => record.formerCprs.map(maskCpr),
  birthDate: ({ record }) => record.birthDate,
  sex: ({ record }) => record.sex,
  civilStatus: ({ record }) => record.civilStatus,
  status: ({ record }) => record.status,
  statusSince: ({ record }) => record.statusSince,
  badges: ({ record }) => badgesOf(record),
  municipality: (citizen, _args, context) =>
    context.references.authority(
      citizen.addressShown ? (currentAddress(context, citizen)?.municipalityCvr ?? null) : null,
    ),
  isFavourite: (citizen, _args, context) => readIsFavourite(context, citizen),
  address: (citizen, _args, context) => addressSection(context, citizen),
  family: (citizen, _args, context) => familySection(context, citizen),
  household: (citizen, _args, context) => householdSection(context, citizen),
  remarks: (citizen, _args, context) => remarkSection(context, citizen),
  protectedAddress: (citizen, _args, context) => revealProtectedAddress(context, citizen),
};
