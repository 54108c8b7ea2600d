import { badInput } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { MAX_FAVOURITES } from '../source/own-person-source.js';

type Act = (permit: Permit<'citizen-read'>, citizenId: string) => Promise<void>;

/** Puts a person among the caller's favourites. @returns false for one out of reach or unknown */
export function addFavourite(context: Context, rawId: string): Promise<boolean> {
  return changeOwn(context, rawId, async (permit, id) => {
    const favourites = await context.ownPersons.favourites(permit, context.now());
    if (favourites.length >= MAX_FAVOURITES && !favourites.includes(id))
      throw badInput('id', `one of at most ${MAX_FAVOURITES} favourites; take one away first`);
    await context.ownPersons.setFavourite(permit, id, context.now());
  });
}

/** Takes a person from the caller's favourites, within reach or not: the list is the caller's own. */
export function removeFavourite(context: Context, rawId: string): Promise<boolean> {
  const id = requireUuid('id', rawId);
  return context.guard.change('citizen-read', { event: 'own-list-changed', citizenId: id }, (permit) =>
    context.ownPersons.removeFavourite(permit, id),
  );
}

function changeOwn(context: Context, rawId: string, act: Act): Promise<boolean> {
  const id = requireUuid('id', rawId);
  return context.guard.change(
    'citizen-read',
    { event: 'own-list-changed', citizenId: id },
    async (permit) => {
      const [found] = await context.source.findByIds(permit, [id]);
      if (!found) return false;
      await act(permit, id);
      return true;
    },
  );
}
