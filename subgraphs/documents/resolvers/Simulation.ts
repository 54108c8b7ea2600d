import type { SimulationResolvers } from '../../../schema/generated/documents.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { simulateDecision, simulateImpact } from '../../shared/simulation/reads.js';
import { simulateSection } from '../../shared/simulation/section.js';
import { simulatedDocuments, simulatedDocumentSection } from '../reads/simulate.js';

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  documentImpact: (_key, _args, context) => simulateImpact(context, simulatedDocuments(context.simulation)),
  documentSection: (_key, _args, context) =>
    simulateSection(context, simulatedDocumentSection(context.simulation)),
  documentDecision: (_key, { id }, context) =>
    simulateDecision(context, simulatedDocuments(context.simulation), id),
};
