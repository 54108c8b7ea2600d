import type { Finding, TokenReading, VoidPart } from '../../../schema/generated/access.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { finding, isFindingCode } from '../governed/void-reasons.js';
import type { SimulationRecord } from '../source/records.js';

/** Loads the caller's own simulation; anyone else's is unknown. */
export function readSimulation(context: Context, rawId: string): Promise<SimulationRecord | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'access-view',
    { event: 'simulated', asked: [id] },
    (permit) => context.source.simulation(permit, id, permit.access, context.now()),
    () => ({ objects: [id] }),
  );
}

export function presentReading({ reading }: SimulationRecord): TokenReading | null {
  if (reading === null) return null;
  const { roles, problems, ...head } = reading;
  return {
    ...head,
    roles: roles.map(({ uri, scope, kle, sensitivity, units }) => ({
      uri,
      scope,
      kle: kle ?? null,
      sensitivity: sensitivity ? SENSITIVITY_NAMES[sensitivity] : null,
      units: units ?? null,
    })),
    problems: problems.flatMap(inWords),
  };
}

export function presentVoids({ voids }: SimulationRecord): VoidPart[] {
  return voids.flatMap(({ uri, role, reason }) =>
    inWords(reason).map((words) => ({ uri, role, reason: words })),
  );
}

function inWords(code: string): Finding[] {
  return isFindingCode(code) ? [finding(code)] : [];
}
