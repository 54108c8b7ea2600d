import { present } from '../certain/present.js';
import { partiesOf } from '../guard/parties-of.js';
import type { Permit } from '../guard/permit.js';
import type { SimulatedSide } from '../guard/simulated.js';
import type { DatedRights } from '../guard/simulated.js';
import type { Decision } from '../policy/explain.js';
import type { SensitivityRank } from '../policy/sensitivity.js';
import type { RequestContext } from '../runtime/request-context.js';
import { requireUuid } from '../scalars/scalars.js';
import { presentDecision, type SimulatedDecision } from './decision.js';
import { type Impact, impactOf, SAMPLE_SIZE, type SampledRecord } from './impact.js';

/** A record and whom it is about, for the log. */
export type OfPersons<R> = R & { readonly partyIds: readonly string[] };

/** How one kind of record is simulated. `R` holds what decides and nothing of what the record says. */
export interface RecordSimulation<R extends { readonly _id: string }> {
  /** @returns up to `limit` records of the authority drawn by random ids. */
  readonly sample: (permit: Permit<'access-preview'>, limit: number) => Promise<R[]>;
  /** @returns the authority's records of some persons. */
  readonly ofPersons: (permit: Permit<'access-preview'>, citizenIds: readonly string[]) => Promise<R[]>;
  /** @returns a record of the authority and whom it is about; null for any other id */
  readonly byId: (permit: Permit<'access-simulate'>, id: string) => Promise<OfPersons<R> | null>;
  /** By the compiled predicate of the real path. */
  readonly visible: (record: R, side: SimulatedSide) => boolean;
  /** By the explanation, which names the rule; a property test holds it equal to the predicate. */
  readonly decide: (record: R, rights: DatedRights) => Decision;
  readonly factsOf: (record: R) => {
    readonly kle: string | null;
    readonly sensitivity: SensitivityRank | null;
  };
}

/** What the simulated change does to one kind of record. */
export async function simulateImpact<R extends { readonly _id: string }>(
  context: RequestContext,
  simulation: RecordSimulation<R>,
): Promise<Impact | null> {
  const result = await context.guard.read(
    'access-preview',
    { event: 'simulated', asked: [...(context.claims.hypothesis?.citizenIds ?? [])] },
    async (permit) => {
      const { citizenIds, testPersons } = permit.access.hypothesis;
      const others = citizenIds.filter((id) => !testPersons.includes(id));
      const of = (ids: readonly string[]) => (ids.length === 0 ? [] : simulation.ofPersons(permit, ids));
      const drawn = await simulation.sample(permit, SAMPLE_SIZE);
      const [invented, named] = [await of(testPersons), await of(others)];
      const records = [...new Map([...drawn, ...invented].map((record) => [record._id, record])).values()];
      const seen = (record: R) => ({
        before: simulation.visible(record, permit.access.before),
        after: simulation.visible(record, permit.access.after),
      });
      const refusedBy = memoisedRefusal(simulation, permit.access.after.rights);
      const looked = records.map((record): SampledRecord => {
        const { before, after } = seen(record);
        const facts = simulation.factsOf(record);
        return { id: record._id, ...facts, before, after, refusedBy: after ? null : refusedBy(record) };
      });
      const whole = drawn.length < SAMPLE_SIZE;
      return impactOf(looked, whole, others.length === 0 ? null : named.map(seen));
    },
    (impact) => ({
      objects: [...impact.gained, ...impact.lost],
      citizenIds: present(context.claims.hypothesis, 'what is simulated').citizenIds,
    }),
  );
  return result.permitted ? result.value : null;
}

/** Records with the same facts are refused by the same rule: each combination is explained once. */
function memoisedRefusal<R extends { readonly _id: string }>(
  simulation: RecordSimulation<R>,
  rights: DatedRights,
): (record: R) => string | null {
  const known = new Map<string, string | null>();
  return (record) => {
    const key = JSON.stringify({ ...record, _id: '' });
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const decision = simulation.decide(record, rights);
    const code = decision.permit ? null : decision.rule.code;
    known.set(key, code);
    return code;
  };
}

/** Which rule decides one record for the simulated caller; null when the authority has no such record. */
export async function simulateDecision<R extends { readonly _id: string }>(
  context: RequestContext,
  simulation: RecordSimulation<R>,
  rawId: string,
): Promise<SimulatedDecision | null> {
  const id = requireUuid('id', rawId);
  const found = await context.guard.readOne(
    'access-simulate',
    { event: 'simulated', asked: [id] },
    async (permit) => {
      const record = await simulation.byId(permit, id);
      if (record === null) return null;
      return {
        decision: presentDecision(simulation.decide(record, permit.access.after.rights)),
        parties: partiesOf([record]),
      };
    },
    ({ parties }) => ({ objects: [id], parties }),
  );
  return found && found.decision;
}
