import { partiesOf } from '../guard/parties-of.js';
import type { Permit } from '../guard/permit.js';
import type { Permission } from '../policy/permissions.js';
import type { RequestContext } from '../runtime/request-context.js';

/**
 * Loads records that other subgraphs refer to by key, in one batch and one store command.
 * @returns the records in the order of the ids; null where hidden or unknown
 */
export async function loadByKeys<
  P extends Permission,
  R extends { readonly _id: string; readonly partyIds?: readonly string[] },
>(
  context: RequestContext,
  permission: P,
  ids: readonly string[],
  find: (permit: Permit<P>, ids: readonly string[]) => Promise<R[]>,
): Promise<(R | null)[]> {
  const result = await context.guard.read(
    permission,
    { event: 'section-read', asked: ids },
    (permit) => find(permit, ids),
    (records) => ({
      objects: records.map((record) => record._id),
      parties: records.flatMap(({ _id, partyIds }) => (partyIds ? partiesOf([{ _id, partyIds }]) : [])),
    }),
  );
  const byId = new Map((result.permitted ? result.value : []).map((record) => [record._id, record]));
  return ids.map((id) => byId.get(id) ?? null);
}
