import type { SimulationResolvers } from '../../../schema/generated/access.js';
import type { AllResolvers, ReferenceResolver } from '../../shared/runtime/resolver-types.js';
import type { Context } from '../context.js';
import type { SimulationModel } from '../models.js';
import { presentGrant } from '../reads/me.js';
import { presentReading, presentVoids, readSimulation } from '../reads/simulation.js';

const resolveReference: ReferenceResolver<Context, SimulationModel> = ({ id }, context) =>
  readSimulation(context, id);

export const Simulation: AllResolvers<SimulationResolvers> & { __resolveReference: typeof resolveReference } =
  {
    __resolveReference: resolveReference,
    id: ({ _id }) => _id,
    holders: ({ holders }) => holders,
    reading: (simulation) => presentReading(simulation),
    grants: ({ after }) => after.grants.map(presentGrant),
    voids: (simulation) => presentVoids(simulation),
  };
