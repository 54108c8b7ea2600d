import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import type { Context } from './context.js';
import { citizensIngest } from './ingest/citizens-ingest.js';
import { keepCitizenIds } from './ingest/keep-ids.js';
import { renewSearchKeys } from './ingest/renew-search-keys.js';
import { loadCompanies } from './reads/companies.js';
import { loadReferred } from './reads/open-citizen.js';
import { Citizen } from './resolvers/Citizen.js';
import { Company } from './resolvers/Company.js';
import { Mutation } from './resolvers/Mutation.js';
import { Query } from './resolvers/Query.js';
import * as sections from './resolvers/sections.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { CitizenSource } from './source/citizen-source.js';
import { citizenCollections, ensureCitizenIndexes } from './source/collections.js';
import { CompanySource } from './source/company-source.js';
import { notedLately, OwnPersonSource } from './source/own-person-source.js';
import { RemarkSource } from './source/remark-source.js';
import { CitizenSimulationSource } from './source/simulation-source.js';

export const resolvers = {
  Simulation,
  ...SCALARS,
  SourceOverview,
  ...sections,
  Query,
  Mutation,
  Citizen,
  Company,
};

/** Builds the subgraph that owns persons, remarks, favourites and recent people. */
export async function citizensSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = citizenCollections(parts.database);
  await ensureCitizenIndexes(collections);
  await keepCitizenIds(parts.database);
  await renewSearchKeys(collections);
  const noted = notedLately();
  return createSubgraph<Context>(
    {
      name: 'citizens',
      sdl: subgraphSdl('citizens'),
      resolvers,
      ingest: ingestFunctions(citizensIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const source = new CitizenSource(own);
        const companies = new CompanySource(own);
        return {
          ...base,
          source,
          simulation: new CitizenSimulationSource(own),
          companies,
          remarks: new RemarkSource(own),
          ownPersons: new OwnPersonSource(own, noted),
          referredCompanies: new DataLoader((ids) => loadCompanies(base, companies, ids), {
            maxBatchSize: 200,
          }),
          referred: new DataLoader((ids) => loadReferred(base, source, ids), { maxBatchSize: 200 }),
        };
      },
    },
    parts,
  );
}
