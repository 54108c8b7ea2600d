import type { CompanyResolvers } from '../../../schema/generated/citizens.js';
import { companyFields } from '../../shared/records/register-records.js';
import { answersOf } from '../../shared/records/stored-fields.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CompanyModel } from '../models.js';

const resolveReference: ReferenceResolver<Context, CompanyModel> = ({ id }, context) =>
  context.referredCompanies.load(requireUuid('id', id));

export const Company: AllResolvers<CompanyResolvers> & { __resolveReference: typeof resolveReference } = {
  __resolveReference: resolveReference,
  ...answersOf(companyFields, { but: ['cvr', 'municipalityCvr'] }),
  id: ({ _id }) => _id,
  cvrNumber: ({ cvr }) => cvr,
  municipality: ({ municipalityCvr }, _args, context) => context.references.authority(municipalityCvr),
  registerAsOf: ({ registeredAt }) => registeredAt,
  sourceSystem: ({ source }, _args, context) => sourceSystem(context, source),
};
