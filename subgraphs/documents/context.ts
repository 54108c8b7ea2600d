import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { DocumentSource } from './source/document-source.js';
import type { DocumentRecord } from './source/records.js';
import type { DocumentSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: DocumentSimulationSource;
  readonly source: DocumentSource;
  /** Documents referred to by other subgraphs, loaded in one batch per request. */
  readonly referred: DataLoader<string, DocumentRecord | null>;
}
