import type { RequestContext } from '../shared/runtime/request-context.js';
import type { AccessSource } from './source/access-source.js';

export interface Context extends RequestContext {
  readonly source: AccessSource;
}
