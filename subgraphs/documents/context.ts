import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { DocumentSource } from './source/document-source.js';
import type { DocumentRecord } from './source/records.js';

export interface Context extends RequestContext {
  readonly source: DocumentSource;
  /** Documents referred to by other subgraphs, loaded in one batch per request. */
  readonly referred: DataLoader<string, DocumentRecord | null>;
}
