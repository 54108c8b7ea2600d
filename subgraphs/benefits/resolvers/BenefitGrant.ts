import type {
  BenefitGrantResolvers,
  GrantedBenefitResolvers,
  GrantRegistrationResolvers,
  PaymentLineResolvers,
} from '../../../schema/generated/benefits.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import {
  grantedBenefitFields,
  grantFields,
  paymentLineFields,
} from '../../shared/records/benefit-records.js';
import { answersOf } from '../../shared/records/stored-fields.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { BenefitGrantModel } from '../models.js';
import { presentPayment, registeredAsOf, visibleBenefits, visibleCase } from '../reads/grant-content.js';
import { whyShown } from '../reads/why.js';

const resolveReference: ReferenceResolver<Context, BenefitGrantModel> = ({ id }, context) =>
  context.referred.load(requireUuid('id', id));

export const BenefitGrant: AllResolvers<BenefitGrantResolvers> & {
  __resolveReference: typeof resolveReference;
} = {
  __resolveReference: resolveReference,
  ...answersOf(grantFields, { but: ['caseId'] }),
  id: ({ _id }) => _id,
  sensitivity: ({ access }) => access.sensitivity && SENSITIVITY_NAMES[access.sensitivity],
  owner: ({ access }, _args, context) => context.references.authority(access.ownerCvr),
  crossAuthority: ({ access }, _args, context) => access.ownerCvr !== context.claims.caller.cvr,
  benefits: (grant, _args, context) => visibleBenefits(context, grant),
  payments: async (grant, _args, context) => (await context.payments.load(grant)).map(presentPayment),
  registeredAsOf: (grant, { at }, context) => registeredAsOf(context, grant, at),
  case: (grant, _args, context) => visibleCase(context, grant),
  whyShown: (grant, _args, context) => whyShown(context, grant),
  sourceSystem: ({ access }, _args, context) => sourceSystem(context, access.source),
};

export const GrantRegistration: AllResolvers<GrantRegistrationResolvers> = {
  registeredAt: ({ registeredAt }) => registeredAt,
  status: ({ status }) => status,
  startsOn: ({ startsOn }) => startsOn,
  endsOn: ({ endsOn }) => endsOn,
  reason: ({ reason }) => reason,
  benefits: (grant, _args, context) => visibleBenefits(context, grant),
};

export const GrantedBenefit: AllResolvers<GrantedBenefitResolvers> = {
  ...answersOf(grantedBenefitFields, { but: [] }),
  kle: ({ kle }, _args, context) => context.references.kle(kle),
};

export const PaymentLine: AllResolvers<PaymentLineResolvers> = {
  ...answersOf(paymentLineFields, { but: [] }),
  kle: ({ kle }, _args, context) => context.references.kle(kle),
};
