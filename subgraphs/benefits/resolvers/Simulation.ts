import type { SimulationResolvers } from '../../../schema/generated/benefits.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { simulateDecision, simulateImpact } from '../../shared/simulation/reads.js';
import { simulateSection } from '../../shared/simulation/section.js';
import { simulatedBenefitSection, simulatedGrants } from '../reads/simulate.js';

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  benefitImpact: (_key, _args, context) =>
    simulateImpact(context, simulatedGrants(context.simulation, context.today)),
  benefitSection: (_key, _args, context) =>
    simulateSection(context, simulatedBenefitSection(context.simulation)),
  benefitDecision: (_key, { id }, context) =>
    simulateDecision(context, simulatedGrants(context.simulation, context.today), id),
};
