import type {
  CaseConnectionResolvers,
  CaseSectionResolvers,
  RestrictedCaseResolvers,
} from '../../../schema/generated/cases.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { readCases } from '../reads/case-lists.js';
import { readRestricted } from '../reads/case-section.js';

export const CaseSection: AllResolvers<CaseSectionResolvers> = {
  outcome: ({ outcome }) => outcome,
  sources: ({ sources }) => sources,
  reason: ({ reason }) => reason,
  cases: (section, args, context) => readCases(context, section, args),
  restricted: (section, _args, context) => readRestricted(context, section),
};

export const CaseConnection: AllResolvers<CaseConnectionResolvers> = {
  edges: ({ edges }) => edges,
  pageInfo: ({ pageInfo }) => pageInfo,
  totalCount: ({ count }) => count(),
};

export const RestrictedCase: AllResolvers<RestrictedCaseResolvers> = {
  area: ({ area }) => area,
  areaTitle: async ({ area }, _args, context) => (await context.references.kle(area))?.title ?? null,
  contact: ({ unit }, _args, context) => context.references.unit(unit),
  whyNot: ({ whyNot }) => whyNot,
};
