import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { AlertSource } from './source/alert-source.js';
import type { AlertRecord } from './source/records.js';

export interface Context extends RequestContext {
  readonly source: AlertSource;
  /** Alerts referred to by key, loaded in one batch per request. */
  readonly referred: DataLoader<string, AlertRecord | null>;
}
