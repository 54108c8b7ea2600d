import type { SimulationResolvers } from '../../../schema/generated/alerts.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { simulateSection } from '../../shared/simulation/section.js';

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  alertSection: (_key, _args, context) =>
    simulateSection(context, {
      permission: 'alert-read',
      kind: 'alerts',
      count: (permit, citizenId) => context.simulation.count(permit, citizenId),
    }),
};
