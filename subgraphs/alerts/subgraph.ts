import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { loadByKeys } from '../shared/sections/guarded-batch.js';
import type { Context } from './context.js';
import { alertsIngest } from './ingest/alerts-ingest.js';
import { keepAlertIds } from './ingest/keep-ids.js';
import { Alert } from './resolvers/Alert.js';
import * as inbox from './resolvers/inbox.js';
import { Mutation } from './resolvers/Mutation.js';
import { Query } from './resolvers/Query.js';
import * as sections from './resolvers/sections.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { AlertSource } from './source/alert-source.js';
import { alertCollections, ensureAlertIndexes } from './source/collections.js';
import { GroupSource } from './source/group-source.js';
import { HandlingSource } from './source/handling-source.js';
import { ReminderSource, SearchSource } from './source/own-source.js';
import { AlertSimulationSource } from './source/simulation-source.js';

export const resolvers = {
  Simulation,
  ...SCALARS,
  SourceOverview,
  ...sections,
  ...inbox,
  Alert,
  Query,
  Mutation,
};

/** Builds the subgraph that owns alerts. */
export async function alertsSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = alertCollections(parts.database);
  await ensureAlertIndexes(collections);
  await keepAlertIds(parts.database);
  return createSubgraph<Context>(
    {
      name: 'alerts',
      sdl: subgraphSdl('alerts'),
      resolvers,
      ingest: ingestFunctions(alertsIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const source = new AlertSource(own);
        return {
          ...base,
          source,
          handling: new HandlingSource(own),
          groups: new GroupSource(own),
          reminders: new ReminderSource(own),
          searches: new SearchSource(own),
          simulation: new AlertSimulationSource(own),
          referred: new DataLoader(
            (ids) => loadByKeys(base, 'alert-read', ids, (permit, all) => source.findByIds(permit, all)),
            { maxBatchSize: 200 },
          ),
        };
      },
    },
    parts,
  );
}
