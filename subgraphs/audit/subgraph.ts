import { subgraphSdl } from '../../schema/sdl.js';
import { auditCollections, ensureAuditIndexes } from '../shared/audit/mongo-sink.js';
import { createSubgraph, type Subgraph, type SubgraphParts } from '../shared/runtime/subgraph.js';
import { SCALARS } from '../shared/scalars/scalars.js';
import type { Context } from './context.js';
import { Query } from './resolvers/Query.js';
import { LogSource, type LogWalks } from './source/log-source.js';

export const resolvers = { ...SCALARS, Query };

/** Builds the subgraph that reads and verifies the look-up log. */
export async function auditSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const collections = auditCollections(parts.database);
  await ensureAuditIndexes(collections);
  const walks: LogWalks = new Map();
  return createSubgraph<Context>(
    {
      name: 'audit',
      sdl: subgraphSdl('audit'),
      resolvers,
      context: (base, within) => ({
        ...base,
        source: new LogSource(within(collections), parts.auditTrust, walks),
      }),
    },
    parts,
  );
}
