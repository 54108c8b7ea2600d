import type { AccessFor, Permit } from '../../shared/guard/permit.js';
import type { RequestContext } from '../../shared/runtime/request-context.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CitizenModel } from '../models.js';
import type { CitizenSource } from '../source/citizen-source.js';
import type { CitizenRecord } from '../source/records.js';

/** Opens one person: select the id, load through the guard, present. Hidden and unknown are both null. */
export function openCitizen(context: Context, rawId: string): Promise<CitizenModel | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'citizen-read',
    { event: 'opened', citizenId: id, asked: [id] },
    async (permit) => {
      const [record] = await context.source.findByIds(permit, [id]);
      if (!record) return null;
      noteOpened(context, permit, id);
      return presentCitizen(record, permit.access);
    },
    () => ({ objects: [id] }),
  );
}

/** Whoever is opened stands first among the persons the user opened last. That it could not be noted costs the answer nothing. */
function noteOpened(context: Context, permit: Permit<'citizen-read'>, id: string): void {
  context.ownPersons
    .noteOpened(permit, id, context.claims.lookupId, context.now())
    .catch((error: unknown) => context.sections.onError(error));
}

/** Loads persons other subgraphs refer to, in one batch, in the order of the ids; null where hidden or unknown. */
export async function loadReferred(
  context: RequestContext,
  source: CitizenSource,
  ids: readonly string[],
): Promise<(CitizenModel | null)[]> {
  const result = await context.guard.read(
    'citizen-read',
    { event: 'section-read', asked: ids },
    async (permit) => {
      const records = await source.findByIds(permit, ids);
      return records.map((record) => presentCitizen(record, permit.access));
    },
    (citizens) => ({ objects: [], citizenIds: citizens.map((citizen) => citizen.record._id) }),
  );
  const byId = new Map(
    (result.permitted ? result.value : []).map((citizen) => [citizen.record._id, citizen]),
  );
  return ids.map((id) => byId.get(id) ?? null);
}

/** @returns the record with what may be seen of its address. */
export function presentCitizen(record: CitizenRecord, access: AccessFor<'citizen-read'>): CitizenModel {
  return { record, addressShown: !record.protectedAddress || access.protectedDirectly };
}
