import type { CitizenResolvers } from '../../../schema/generated/cases.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { caseSection } from '../reads/case-section.js';
import { controlCaseSection } from '../reads/control-cases.js';

export const Citizen: AllResolvers<CitizenResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  cases: ({ id }, _args, context) => caseSection(context, id),
  controlCases: ({ id }, _args, context) => controlCaseSection(context, id),
};
