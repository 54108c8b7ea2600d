import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { CitizenModel, CompanyModel } from './models.js';
import type { CitizenSource } from './source/citizen-source.js';
import type { CompanySource } from './source/company-source.js';
import type { OwnPersonSource } from './source/own-person-source.js';
import type { RemarkSource } from './source/remark-source.js';
import type { CitizenSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: CitizenSimulationSource;
  readonly source: CitizenSource;
  readonly companies: CompanySource;
  readonly remarks: RemarkSource;
  readonly ownPersons: OwnPersonSource;
  readonly referredCompanies: DataLoader<string, CompanyModel | null>;
  /** Persons referred to by other subgraphs, loaded in one batch per request. */
  readonly referred: DataLoader<string, CitizenModel | null>;
}
