import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import type { Leases } from '../../shared/ports/sessions.js';
import type { AccessCollections } from '../source/collections.js';

/** The clock of another machine may be this much ahead: so long after its end a lease is still its holder's. */
const MARGIN_MS = 15_000;

/** Keeps leases; each is taken, kept and given back by one compare-and-set. */
export function leases({ once }: Pick<AccessCollections, 'once'>): Leases {
  return {
    async holdLease(name, holder, at, until) {
      const _id = `lease|${name}`;
      const free = { until: { $lt: new Date(at.getTime() - MARGIN_MS) } };
      const { matchedCount } = await once.updateOne(
        { _id, $or: [{ holder }, free] },
        { $set: { holder, until } },
      );
      // Nobody has ever had it, or what it was has been cleaned up.
      return matchedCount === 1 || insertedFirst(() => once.insertOne({ _id, holder, until }));
    },
  };
}
