import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { Simulation } from './resolvers/Simulation.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { loadByKeys } from '../shared/sections/guarded-batch.js';
import { ingestFunctions } from '../shared/ingest/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { alertsIngest } from './ingest/alerts-ingest.js';
import type { Context } from './context.js';
import { Alert } from './resolvers/Alert.js';
import * as sections from './resolvers/sections.js';
import { AlertSource } from './source/alert-source.js';
import { alertCollections, ensureAlertIndexes } from './source/collections.js';
import { AlertSimulationSource } from './source/simulation-source.js';

export const resolvers = { Simulation, ...SCALARS, ...sections, Alert };

/** Builds the subgraph that owns alerts. */
export async function alertsSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = alertCollections(parts.database);
  await ensureAlertIndexes(collections);
  const source = new AlertSource(collections);
  const simulation = new AlertSimulationSource(collections);
  return createSubgraph<Context>(
    {
      name: 'alerts',
      sdl: subgraphSdl('alerts'),
      resolvers,
      ingest: ingestFunctions(alertsIngest(parts.database)),
      context: (base) => ({
        ...base,
        source,
        simulation,
        referred: new DataLoader(
          (ids) => loadByKeys(base, 'alert-read', ids, (permit, all) => source.findByIds(permit, all)),
          {
            maxBatchSize: 200,
          },
        ),
      }),
    },
    parts,
  );
}
