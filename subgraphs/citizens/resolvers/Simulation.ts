import type { SimulationResolvers } from '../../../schema/generated/citizens.js';
import { entityKey } from '../../shared/runtime/entity-key.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { simulateReach } from '../reads/simulate.js';

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof entityKey } = {
  __resolveReference: entityKey,
  id: ({ id }) => id,
  withinReach: (_key, _args, context) => simulateReach(context),
};
