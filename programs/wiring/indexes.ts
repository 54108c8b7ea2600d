import type { StoreConnection } from '../../store/connection.js';
import { accessCollections, ensureAccessIndexes } from '../../subgraphs/access/source/collections.js';
import { alertCollections, ensureAlertIndexes } from '../../subgraphs/alerts/source/collections.js';
import { benefitCollections, ensureBenefitIndexes } from '../../subgraphs/benefits/source/collections.js';
import { caseCollections, ensureCaseIndexes } from '../../subgraphs/cases/source/collections.js';
import { citizenCollections, ensureCitizenIndexes } from '../../subgraphs/citizens/source/collections.js';
import { documentCollections, ensureDocumentIndexes } from '../../subgraphs/documents/source/collections.js';

/** Creates the indexes of every subgraph that takes records, before records are planted without the subgraphs. */
export async function buildSubgraphIndexes(store: Pick<StoreConnection, 'database'>): Promise<void> {
  await Promise.all([
    ensureCitizenIndexes(citizenCollections(store.database('citizens'))),
    ensureCaseIndexes(caseCollections(store.database('cases'))),
    ensureDocumentIndexes(documentCollections(store.database('documents'))),
    ensureBenefitIndexes(benefitCollections(store.database('benefits'))),
    ensureAlertIndexes(alertCollections(store.database('alerts'))),
    ensureAccessIndexes(accessCollections(store.database('access'))),
  ]);
}
