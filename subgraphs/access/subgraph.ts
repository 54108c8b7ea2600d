import { subgraphSdl } from '../../schema/sdl.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import type { Context } from './context.js';
import { Query } from './resolvers/Query.js';
import { AccessSource } from './source/access-source.js';
import { accessCollections, ensureAccessIndexes } from './source/collections.js';

export const resolvers = { ...SCALARS, Query };

/** Builds the subgraph that owns role mappings and service agreements. */
export async function accessSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = accessCollections(parts.database);
  await ensureAccessIndexes(collections);
  const source = new AccessSource(collections);
  return createSubgraph<Context>(
    { name: 'access', sdl: subgraphSdl('access'), resolvers, context: (base) => ({ ...base, source }) },
    parts,
  );
}
