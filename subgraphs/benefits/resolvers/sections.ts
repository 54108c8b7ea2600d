import type {
  BenefitGrantConnectionResolvers,
  BenefitSectionResolvers,
  CaseResolvers,
  CitizenResolvers,
  CompanyResolvers,
} from '../../../schema/generated/benefits.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { benefitSection, readGrants } from '../reads/benefit-lists.js';

type Extends<R> = AllResolvers<R> & { __resolveReference: typeof entityKey };

export const Citizen: Extends<CitizenResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  benefits: ({ id }, _args, context) => benefitSection(context, id),
};

export const Company: Extends<CompanyResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  benefits: ({ id }, _args, context) => benefitSection(context, id),
};

export const Case: Extends<CaseResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
};

export const BenefitSection: AllResolvers<BenefitSectionResolvers> = {
  outcome: ({ outcome }) => outcome,
  sources: ({ sources }) => sources,
  reason: ({ reason }) => reason,
  grants: (section, args, context) => readGrants(context, section, args),
};

export const BenefitGrantConnection: AllResolvers<BenefitGrantConnectionResolvers> = {
  edges: ({ edges }) => edges,
  pageInfo: ({ pageInfo }) => pageInfo,
  totalCount: ({ count }) => count(),
};
