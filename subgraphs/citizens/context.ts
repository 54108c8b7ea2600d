import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { CitizenModel } from './models.js';
import type { CitizenSource } from './source/citizen-source.js';
import type { CitizenSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: CitizenSimulationSource;
  readonly source: CitizenSource;
  /** Persons referred to by other subgraphs, loaded in one batch per request. */
  readonly referred: DataLoader<string, CitizenModel | null>;
}
