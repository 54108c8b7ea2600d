import { requireUuid } from '../scalars/scalars.js';

/** A person as a subgraph that does not own persons knows a person: by id only. */
export interface EntityKey {
  readonly id: string;
}

/** @returns the key of an entity this subgraph extends; its own rules decide what is shown under it. */
export function entityKey({ id }: EntityKey): EntityKey {
  return { id: requireUuid('id', id) };
}
