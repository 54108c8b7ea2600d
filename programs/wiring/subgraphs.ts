import type { SubgraphName } from '../../schema/subgraph-names.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';
import type { StoreConnection } from '../../store/connection.js';
import { accessIngest } from '../../subgraphs/access/ingest/access-ingest.js';
import { accessSubgraph } from '../../subgraphs/access/subgraph.js';
import { alertsIngest } from '../../subgraphs/alerts/ingest/alerts-ingest.js';
import { alertsSubgraph } from '../../subgraphs/alerts/subgraph.js';
import { auditSubgraph } from '../../subgraphs/audit/subgraph.js';
import { benefitsIngest } from '../../subgraphs/benefits/ingest/benefits-ingest.js';
import { benefitsSubgraph } from '../../subgraphs/benefits/subgraph.js';
import { casesIngest } from '../../subgraphs/cases/ingest/cases-ingest.js';
import { casesSubgraph } from '../../subgraphs/cases/subgraph.js';
import { citizensIngest } from '../../subgraphs/citizens/ingest/citizens-ingest.js';
import { citizensSubgraph } from '../../subgraphs/citizens/subgraph.js';
import { documentsIngest } from '../../subgraphs/documents/ingest/documents-ingest.js';
import { documentsSubgraph } from '../../subgraphs/documents/subgraph.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { recordOf } from '../../subgraphs/shared/names/known-names.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { Subgraph, SubgraphParts } from '../../subgraphs/shared/runtime/subgraph.js';

/** How each subgraph is built. */
export const SUBGRAPHS: Readonly<Record<SubgraphName, (parts: SubgraphParts) => Promise<Subgraph>>> = {
  citizens: citizensSubgraph,
  cases: casesSubgraph,
  documents: documentsSubgraph,
  benefits: benefitsSubgraph,
  alerts: alertsSubgraph,
  access: accessSubgraph,
  audit: auditSubgraph,
};

/** Builds every subgraph over one store, each with a database of its own. */
export async function buildSubgraphs(
  store: Pick<StoreConnection, 'database'>,
  parts: Omit<SubgraphParts, 'database'>,
): Promise<Record<SubgraphName, Subgraph>> {
  const built = await Promise.all(
    SUBGRAPH_NAMES.map((name) => SUBGRAPHS[name]({ ...parts, database: store.database(name) })),
  );
  return recordOf(SUBGRAPH_NAMES, (name, place) => present(built[place], name));
}

/** @returns how records enter each subgraph of one store. */
export function ingestPorts(
  store: Pick<StoreConnection, 'database'>,
): SubgraphPorts & { readonly access: ReturnType<typeof accessIngest> } {
  return {
    citizens: citizensIngest(store.database('citizens')),
    cases: casesIngest(store.database('cases')),
    documents: documentsIngest(store.database('documents')),
    benefits: benefitsIngest(store.database('benefits')),
    alerts: alertsIngest(store.database('alerts')),
    access: accessIngest(store.database('access')),
  };
}
