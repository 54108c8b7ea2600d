import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { AlertSource } from './source/alert-source.js';
import type { AlertRecord } from './source/records.js';
import type { AlertSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: AlertSimulationSource;
  readonly source: AlertSource;
  /** Alerts referred to by key, loaded in one batch per request. */
  readonly referred: DataLoader<string, AlertRecord | null>;
}
