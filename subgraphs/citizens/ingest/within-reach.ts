import type { Caller } from '../../shared/identity/caller.js';
import { compileCitizenReach } from '../../shared/policy/citizen-reach.js';
import type { CitizenCollections } from '../source/collections.js';

/**
 * Says whether a lift by break-glass could open a person at all: by the very predicate that opens persons, with the lift in
 * force. Hidden and unknown take the same steps.
 * @param today `yyyy-mm-dd`
 */
export async function withinReachWhenLifted(
  { citizens }: CitizenCollections,
  id: string,
  caller: Caller,
  today: string,
): Promise<boolean> {
  const requester = { ...caller, lifted: [...caller.lifted, id], today };
  const reach = compileCitizenReach(caller.grants, caller.agreements, requester, 'citizen-read', true);
  const filter = { $and: [{ _id: id }, reach.filter(), { mergedInto: null }] };
  return (await citizens.findOne(filter, { projection: { _id: 1 } })) !== null;
}
