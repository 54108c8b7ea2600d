import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { GrantFacts } from '../../shared/policy/benefit-access.js';
import type { OfPersons } from '../../shared/simulation/reads.js';
import type { BenefitCollections } from './collections.js';
import type { GrantRecord } from './records.js';

/** A benefit grant as simulations see it: what decides, nothing of what it says. */
export interface SimulatedGrant extends GrantFacts {
  readonly _id: string;
}

type SimulatePermit = Permit<'access-simulate'>;
type PreviewPermit = Permit<'access-preview'>;

const FACTS = { access: 1, caseFacts: 1, paymentFacts: 1, 'benefits.kle': 1, 'benefits.endsOn': 1 } as const;
const MAX_OF_PERSONS = 5000;

/** Reads facts of the actor's own authority's benefit grants for simulations; never content. */
export class BenefitSimulationSource {
  constructor(readonly collections: BenefitCollections) {}

  /** Records of the persons with the lowest ids: these are random, so they draw a sample, and an index serves it. */
  sample({ access: { ownCvr } }: PreviewPermit, limit: number): Promise<SimulatedGrant[]> {
    return this.#find({ partyIds: { $gt: '' }, 'access.ownerCvr': ownCvr }, limit);
  }

  ofPersons({ access: { ownCvr } }: PreviewPermit, ids: readonly string[]): Promise<SimulatedGrant[]> {
    return this.#find({ partyIds: { $in: [...ids] }, 'access.ownerCvr': ownCvr }, MAX_OF_PERSONS);
  }

  byId({ access: { ownCvr } }: SimulatePermit, id: string): Promise<OfPersons<SimulatedGrant> | null> {
    const projection = { ...FACTS, partyIds: 1 };
    return this.collections.grants.findOne<OfPersons<SimulatedGrant>>(
      { _id: id, 'access.ownerCvr': ownCvr },
      { projection },
    );
  }

  /** @returns how many of a person's benefit grants the simulated caller would be shown. */
  count({ access: { ownCvr, after } }: SimulatePermit, citizenId: string): Promise<number> {
    const narrow = { partyIds: citizenId, 'access.ownerCvr': ownCvr };
    return this.collections.grants.countDocuments({ $and: [narrow, after.benefits.filter()] });
  }

  #find(filter: Filter<GrantRecord>, limit: number): Promise<SimulatedGrant[]> {
    const { grants } = this.collections;
    return grants.find<SimulatedGrant>(filter, { projection: FACTS }).limit(limit).toArray();
  }
}
