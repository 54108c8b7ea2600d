import type { Context } from '../context.js';

/** Whether the person of a simulation would be within the simulated caller's reach. */
export function simulateReach(context: Context): Promise<boolean | null> {
  const ids = context.claims.hypothesis?.citizenIds ?? [];
  const citizenId = ids.length === 1 ? ids[0] : undefined;
  return context.guard.readOne(
    'access-simulate',
    { event: 'simulated', ...(citizenId !== undefined && { citizenId }) },
    async (permit) => (citizenId === undefined ? null : context.simulation.withinReach(permit, citizenId)),
    () => ({ objects: [] }),
  );
}
