import type { CompanyResolvers } from '../../../schema/generated/cases.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { caseSection } from '../reads/case-section.js';

export const Company: AllResolvers<CompanyResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  cases: ({ id }, _args, context) => caseSection(context, id),
};
