import type { SimulationResolvers } from '../../../schema/generated/cases.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { simulateDecision, simulateImpact } from '../../shared/simulation/reads.js';
import { simulateSection } from '../../shared/simulation/section.js';
import { simulatedCases, simulatedCaseSection } from '../reads/simulate.js';

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  caseImpact: (_key, _args, context) => simulateImpact(context, simulatedCases(context.simulation)),
  caseSection: (_key, _args, context) => simulateSection(context, simulatedCaseSection(context.simulation)),
  caseDecision: (_key, { id }, context) => simulateDecision(context, simulatedCases(context.simulation), id),
};
