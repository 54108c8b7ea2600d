import type { Permit } from '../guard/permit.js';
import type { RecordKind } from '../policy/grants.js';
import { grantsOf } from '../policy/grants.js';
import { type Permission, PERMISSION_ROLES } from '../policy/permissions.js';
import type { RequestContext } from '../runtime/request-context.js';
import { outcomeOf, type SectionOutcome, type SourceStatus, statusesFor } from '../sections/section.js';
import { type Amount, amountOf } from './impact.js';

/** What a section would say about the person of a simulation. */
export interface SimulatedSection {
  readonly outcome: SectionOutcome;
  readonly sources: readonly SourceStatus[];
  /** Exact for a test person; for anyone else 0, or null when there is something. */
  readonly visible: number | null;
  readonly amount: Amount | null;
}

export interface SectionSimulation {
  readonly permission: Permission;
  readonly kind: RecordKind;
  /** Counts what would be visible of a person, within the actor's own authority. */
  readonly count: (permit: Permit<'access-simulate'>, citizenId: string) => Promise<number>;
}

/** Says what a section would say to the simulated caller; null when the simulation names no single person. */
export async function simulateSection(
  context: RequestContext,
  { permission, kind, count }: SectionSimulation,
): Promise<SimulatedSection | null> {
  const hypothesis = context.claims.hypothesis;
  const citizenId = hypothesis?.citizenIds.length === 1 ? hypothesis.citizenIds[0] : undefined;
  const result = await context.guard.read(
    'access-simulate',
    { event: 'simulated', ...(citizenId !== undefined && { citizenId }) },
    async (permit): Promise<SimulatedSection | null> => {
      if (citizenId === undefined) return null;
      const { grants, agreements, purpose } = permit.access.hypothesis.after;
      if (grantsOf(grants, PERMISSION_ROLES[permission]).length === 0)
        return { outcome: 'NOT_PERMITTED', sources: [], visible: null, amount: null };
      const view = { grants, agreements, purpose, withoutAgreement: [] };
      const sources = await statusesFor(context.sections, { permission, kind }, view);
      const counted = await count(permit, citizenId);
      const isExact = counted === 0 || permit.access.hypothesis.testPersons.includes(citizenId);
      const visible = isExact ? counted : null;
      return { outcome: outcomeOf(sources), sources, visible, amount: amountOf(counted) };
    },
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}
