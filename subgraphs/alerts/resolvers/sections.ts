import type {
  AlertConnectionResolvers,
  AlertSectionResolvers,
  CaseResolvers,
  CitizenResolvers,
  CompanyResolvers,
} from '../../../schema/generated/alerts.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { alertSection, readAlerts } from '../reads/alert-lists.js';

type Extends<R> = AllResolvers<R> & { __resolveReference: typeof entityKey };

export const Citizen: Extends<CitizenResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  alerts: ({ id }, _args, context) => alertSection(context, id),
};

export const Company: Extends<CompanyResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  alerts: ({ id }, _args, context) => alertSection(context, id),
};

export const Case: Extends<CaseResolvers> = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
};

export const AlertSection: AllResolvers<AlertSectionResolvers> = {
  outcome: ({ outcome }) => outcome,
  sources: ({ sources }) => sources,
  reason: ({ reason }) => reason,
  alerts: (section, args, context) => readAlerts(context, section, args),
};

export const AlertConnection: AllResolvers<AlertConnectionResolvers> = {
  edges: ({ edges }) => edges,
  pageInfo: ({ pageInfo }) => pageInfo,
  totalCount: ({ count }) => count(),
};
