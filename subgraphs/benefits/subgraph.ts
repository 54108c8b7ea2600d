import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { loadByKeys } from '../shared/sections/guarded-batch.js';
import type { Context } from './context.js';
import { benefitsIngest } from './ingest/benefits-ingest.js';
import { keepBenefitIds } from './ingest/keep-ids.js';
import { loadPayments } from './reads/grant-content.js';
import * as grants from './resolvers/BenefitGrant.js';
import * as sections from './resolvers/sections.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { BenefitSource } from './source/benefit-source.js';
import { benefitCollections, ensureBenefitIndexes } from './source/collections.js';
import type { GrantRecord } from './source/records.js';
import { BenefitSimulationSource } from './source/simulation-source.js';

export const resolvers = { Simulation, ...SCALARS, SourceOverview, ...sections, ...grants };

/** Builds the subgraph that owns benefit grants, granted benefits and payments. */
export async function benefitsSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = benefitCollections(parts.database);
  await ensureBenefitIndexes(collections);
  await keepBenefitIds(parts.database);
  return createSubgraph<Context>(
    {
      name: 'benefits',
      sdl: subgraphSdl('benefits'),
      resolvers,
      ingest: ingestFunctions(benefitsIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const source = new BenefitSource(own);
        return {
          ...base,
          source,
          simulation: new BenefitSimulationSource(own),
          referred: new DataLoader(
            (ids) => loadByKeys(base, 'benefit-read', ids, (permit, all) => source.findByIds(permit, all)),
            { maxBatchSize: 200 },
          ),
          payments: new DataLoader((all) => loadPayments(base, source, all), {
            cacheKeyFn: (grant: GrantRecord) => grant._id,
          }),
        };
      },
    },
    parts,
  );
}
