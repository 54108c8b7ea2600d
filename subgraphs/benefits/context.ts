import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { BenefitSource, VisiblePayment } from './source/benefit-source.js';
import type { GrantRecord } from './source/records.js';
import type { BenefitSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: BenefitSimulationSource;
  readonly source: BenefitSource;
  /** Grants referred to by key, loaded in one batch per request. */
  readonly referred: DataLoader<string, GrantRecord | null>;
  /** Payments of the grants on a page, loaded in one batch. */
  readonly payments: DataLoader<GrantRecord, readonly VisiblePayment[], string>;
}
