import DataLoader from 'dataloader';
import { subgraphSdl } from '../../schema/sdl.js';
import { ingestFunctions } from '../shared/ports/endpoint.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import { loadByKeys } from '../shared/sections/guarded-batch.js';
import type { Context } from './context.js';
import { documentsIngest } from './ingest/documents-ingest.js';
import { keepDocumentIds } from './ingest/keep-ids.js';
import { Document, DocumentRegistration } from './resolvers/Document.js';
import { Query } from './resolvers/Query.js';
import * as sections from './resolvers/sections.js';
import { Simulation } from './resolvers/Simulation.js';
import { SourceOverview } from './resolvers/SourceOverview.js';
import { documentCollections, ensureDocumentIndexes } from './source/collections.js';
import { DocumentSource } from './source/document-source.js';
import { DocumentSimulationSource } from './source/simulation-source.js';

export const resolvers = {
  Simulation,
  ...SCALARS,
  SourceOverview,
  ...sections,
  Query,
  Document,
  DocumentRegistration,
};

/** Builds the subgraph that owns documents. */
export async function documentsSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = documentCollections(parts.database);
  await ensureDocumentIndexes(collections);
  await keepDocumentIds(parts.database);
  return createSubgraph<Context>(
    {
      name: 'documents',
      sdl: subgraphSdl('documents'),
      resolvers,
      ingest: ingestFunctions(documentsIngest(parts.database)),
      context: (base, within) => {
        const own = within(collections);
        const source = new DocumentSource(own);
        return {
          ...base,
          source,
          simulation: new DocumentSimulationSource(own),
          referred: new DataLoader(
            (ids) => loadByKeys(base, 'document-read', ids, (permit, all) => source.findByIds(permit, all)),
            { maxBatchSize: 200 },
          ),
        };
      },
    },
    parts,
  );
}
