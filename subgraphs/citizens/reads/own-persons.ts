import type { Permit } from '../../shared/guard/permit.js';
import type { Context } from '../context.js';
import type { CitizenModel } from '../models.js';
import { presentCitizen } from './open-citizen.js';

type Ids = (permit: Permit<'citizen-read'>) => Promise<string[]>;

/** The persons the caller opened last, newest first. */
export async function readRecent(context: Context): Promise<CitizenModel[] | null> {
  return readOwn(context, (permit) => context.ownPersons.recent(permit, context.now()));
}

/** The caller's favourites, in name order. */
export async function readFavourites(context: Context): Promise<CitizenModel[] | null> {
  const found = await readOwn(context, (permit) => context.ownPersons.favourites(permit, context.now()));
  return (
    found?.sort(
      (a, b) => a.record.name.localeCompare(b.record.name, 'da') || (a.record._id < b.record._id ? -1 : 1),
    ) ?? null
  );
}

/** Each person is decided on as the person is now, and appears in the log as listed. */
async function readOwn(context: Context, idsOf: Ids): Promise<CitizenModel[] | null> {
  const result = await context.guard.read(
    'citizen-read',
    { event: 'section-read' },
    async (permit) => {
      const ids = await idsOf(permit);
      const records = ids.length === 0 ? [] : await context.source.findByIds(permit, ids);
      const byId = new Map(records.map((record) => [record._id, record]));
      return ids.flatMap((id) => {
        const record = byId.get(id);
        return record ? [presentCitizen(record, permit.access)] : [];
      });
    },
    (citizens) => ({ objects: [], citizenIds: citizens.map(({ record }) => record._id) }),
  );
  return result.permitted ? result.value : null;
}

/** Whether an opened person is a favourite. The person has been decided on; this is the caller's own word. */
export async function readIsFavourite(context: Context, { record }: CitizenModel): Promise<boolean | null> {
  const result = await context.guard.read(
    'citizen-read',
    { event: 'section-read', citizenId: record._id },
    (permit) => context.ownPersons.isFavourite(permit, record._id, context.now()),
    () => ({ objects: [] }),
  );
  return result.permitted ? result.value : null;
}
