import type { Permit } from '../../shared/guard/permit.js';
import type { AlertCollections } from './collections.js';

/** Counts alerts of the actor's own authority for simulations; reads nothing of them. */
export class AlertSimulationSource {
  constructor(readonly collections: AlertCollections) {}

  /** @returns how many of a person's alerts the simulated caller would be shown. */
  count({ access: { ownCvr, after } }: Permit<'access-simulate'>, citizenId: string): Promise<number> {
    const narrow = { partyIds: citizenId, 'access.ownerCvr': ownCvr };
    return this.collections.alerts.countDocuments({ $and: [narrow, after.alerts.filter()] });
  }
}
