import type { CompanyResolvers } from '../../../schema/generated/citizens.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CompanyModel } from '../models.js';

const resolveReference: ReferenceResolver<Context, CompanyModel> = ({ id }, context) =>
  context.referredCompanies.load(requireUuid('id', id));

export const Company: AllResolvers<CompanyResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  id: ({ _id }) => _id,
  cvrNumber: ({ cvr }) => cvr,
  name: ({ name }) => name,
  addressLine: ({ addressLine }) => addressLine,
  municipality: ({ municipalityCvr }, _args, context) => context.references.authority(municipalityCvr),
  branchCode: ({ branchCode }) => branchCode,
  branchName: ({ branchName }) => branchName,
  startsOn: ({ startsOn }) => startsOn,
  endsOn: ({ endsOn }) => endsOn,
  employees: ({ employees }) => employees,
  productionUnits: ({ productionUnits }) => productionUnits,
  registerAsOf: ({ registeredAt }) => registeredAt,
  sourceSystem: ({ source }, _args, context) => sourceSystem(context, source),
};
