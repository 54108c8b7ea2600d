import type { SourceKey } from '../../shared/sections/source-view.js';
import type { Context } from '../context.js';

interface SourceFacts extends SourceKey {
  readonly name: string;
  readonly takesNotes: boolean;
}

/** The source systems of the caller's authority, by code; null without the right. */
export async function readSources(context: Context): Promise<SourceFacts[] | null> {
  const permitted = await context.guard.mayEnter('access-view', { event: 'access-viewed' });
  return permitted ? factsOf(context) : null;
}

/** @returns one of them; null without the right and for a code the authority has nothing to do with. */
export function overviewOf(context: Context, id: string): SourceFacts | null {
  if (!context.guard.holds('access-view')) return null;
  return factsOf(context).find((source) => source.id === id) ?? null;
}

function factsOf({ claims }: Context): SourceFacts[] {
  const { agreements, withoutAgreement, noteReceivers } = claims.caller;
  const names = new Map([...agreements, ...withoutAgreement].map(({ source, name }) => [source, name]));
  return [...names.entries()]
    .map(([id, name]) => ({ id, name, takesNotes: noteReceivers.includes(id) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
