import type { RequestContext } from '../shared/runtime/request-context.js';
import type { LogSource } from './source/log-source.js';

export interface Context extends RequestContext {
  readonly source: LogSource;
}
