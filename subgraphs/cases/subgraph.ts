import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { loadByKeys } from '../shared/sections/guarded-batch.js';
import type { Context } from './context.js';
import { casesIngest } from './ingest/cases-ingest.js';
import { keepCaseIds } from './ingest/keep-ids.js';
import { loadNotes } from './reads/open-case.js';
import { Case, CaseRegistration } from './resolvers/Case.js';
import * as sections from './resolvers/CaseSection.js';
import { Citizen } from './resolvers/Citizen.js';
import { Company } from './resolvers/Company.js';
import * as control from './resolvers/ControlCaseSection.js';
import { HandedNote } from './resolvers/HandedNote.js';
import { Mutation } from './resolvers/Mutation.js';
import { Query } from './resolvers/Query.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { CaseSource } from './source/case-source.js';
import { caseCollections, ensureCaseIndexes } from './source/collections.js';
import { HandedNoteSource } from './source/handed-note-source.js';
import type { CaseRecord } from './source/records.js';
import { CaseSimulationSource } from './source/simulation-source.js';

export const resolvers = {
  Simulation,
  ...SCALARS,
  SourceOverview,
  ...sections,
  ...control,
  Query,
  Mutation,
  HandedNote,
  Citizen,
  Company,
  Case,
  CaseRegistration,
};

/** Builds the subgraph that owns cases and journal notes. */
export async function casesSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = caseCollections(parts.database);
  await ensureCaseIndexes(collections);
  await keepCaseIds(parts.database);
  return createSubgraph<Context>(
    {
      name: 'cases',
      sdl: subgraphSdl('cases'),
      resolvers,
      ingest: ingestFunctions(casesIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const source = new CaseSource(own);
        return {
          ...base,
          source,
          handedNotes: new HandedNoteSource(own),
          simulation: new CaseSimulationSource(own),
          referred: new DataLoader(
            (ids) => loadByKeys(base, 'case-read', ids, (permit, all) => source.findByIds(permit, all)),
            { maxBatchSize: 200 },
          ),
          notes: new DataLoader((cases) => loadNotes(base, source, cases), {
            cacheKeyFn: (record: CaseRecord) => record._id,
          }),
        };
      },
    },
    parts,
  );
}
