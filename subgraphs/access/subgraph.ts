import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { referenceCollection } from '../shared/reference/reference-copy.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import type { Context } from './context.js';
import { accessIngest } from './ingest/access-ingest.js';
import { keepAccessIds } from './ingest/keep-ids.js';
import { GovernedItem } from './resolvers/GovernedItem.js';
import { Lift } from './resolvers/Lift.js';
import { Mutation } from './resolvers/Mutation.js';
import { Query } from './resolvers/Query.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { SessionSource } from './sessions/session-source.js';
import { AccessSource } from './source/access-source.js';
import { ChoiceSource } from './source/choice-source.js';
import { accessCollections, ensureAccessIndexes } from './source/collections.js';
import { LiftSource } from './source/lift-source.js';
import { SystemSource } from './source/system-source.js';
import { VersionSource } from './source/version-source.js';

export const resolvers = { ...SCALARS, SourceOverview, Query, Mutation, GovernedItem, Lift, Simulation };

/** Builds the subgraph that owns role mappings, service agreements, settings, lifts and the organisation. */
export async function accessSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = accessCollections(parts.database);
  await ensureAccessIndexes(collections);
  await keepAccessIds(parts.database);
  const reference = { references: referenceCollection(parts.database) };
  return createSubgraph<Context>(
    {
      name: 'access',
      sdl: subgraphSdl('access'),
      resolvers,
      ingest: ingestFunctions(accessIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const { references } = within(reference);
        return {
          ...base,
          source: new AccessSource(own, references),
          lifts: new LiftSource(own),
          versions: new VersionSource(own, parts.now),
          systems: new SystemSource(own),
          sessions: new SessionSource(own),
          choices: new ChoiceSource(references, own.users),
        };
      },
    },
    parts,
  );
}
