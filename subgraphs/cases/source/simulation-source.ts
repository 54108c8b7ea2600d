import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { AccessFacts } from '../../shared/policy/facts.js';
import type { OfPersons } from '../../shared/simulation/reads.js';
import type { CaseCollections } from './collections.js';
import type { CaseRecord } from './records.js';

/** A case as simulations see it: what decides, nothing of what it says. */
export interface SimulatedCase {
  readonly _id: string;
  readonly access: AccessFacts;
}

type SimulatePermit = Permit<'access-simulate'>;
type PreviewPermit = Permit<'access-preview'>;

const FACTS = { access: 1 } as const;
const MAX_OF_PERSONS = 5000;

/** Reads facts of the actor's own authority's cases for simulations; never content. */
export class CaseSimulationSource {
  constructor(readonly collections: CaseCollections) {}

  /** Records of the persons with the lowest ids: these are random, so they draw a sample, and an index serves it. */
  sample({ access: { ownCvr } }: PreviewPermit, limit: number): Promise<SimulatedCase[]> {
    return this.#find({ partyIds: { $gt: '' }, 'access.ownerCvr': ownCvr }, limit);
  }

  ofPersons({ access: { ownCvr } }: PreviewPermit, citizenIds: readonly string[]): Promise<SimulatedCase[]> {
    return this.#find({ partyIds: { $in: [...citizenIds] }, 'access.ownerCvr': ownCvr }, MAX_OF_PERSONS);
  }

  byId({ access: { ownCvr } }: SimulatePermit, id: string): Promise<OfPersons<SimulatedCase> | null> {
    const projection = { ...FACTS, partyIds: 1 };
    return this.collections.cases.findOne<OfPersons<SimulatedCase>>(
      { _id: id, 'access.ownerCvr': ownCvr },
      { projection },
    );
  }

  /** @returns how many of a person's cases the simulated caller would be shown. */
  count({ access: { ownCvr, after } }: SimulatePermit, citizenId: string): Promise<number> {
    const narrow = { partyIds: citizenId, 'access.ownerCvr': ownCvr };
    return this.collections.cases.countDocuments({ $and: [narrow, after.cases.filter('access.')] });
  }

  #find(filter: Filter<CaseRecord>, limit: number): Promise<SimulatedCase[]> {
    return this.collections.cases.find<SimulatedCase>(filter, { projection: FACTS }).limit(limit).toArray();
  }
}
