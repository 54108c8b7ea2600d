import type { Permit } from '../../shared/guard/permit.js';
import type { CitizenCollections } from './collections.js';

/** Says of a person of the actor's own authority whether the person would be within reach; reads nothing of the person. */
export class CitizenSimulationSource {
  constructor(readonly collections: CitizenCollections) {}

  /** @returns null when nobody with this id lives or lived in the actor's authority. */
  async withinReach(
    { access: { ownCvr, after, today } }: Permit<'access-simulate'>,
    citizenId: string,
  ): Promise<boolean | null> {
    const home = { $elemMatch: { cvr: ownCvr, from: { $lte: today } } };
    const own = { _id: citizenId, homes: home, mergedInto: null };
    const found = await this.collections.citizens.findOne(own, { projection: { _id: 1 } });
    if (!found) return null;
    const filter = { $and: [own, after.reach.filter()] };
    return (await this.collections.citizens.countDocuments(filter)) === 1;
  }
}
