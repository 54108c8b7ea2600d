import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { AlertSource } from './source/alert-source.js';
import type { GroupSource } from './source/group-source.js';
import type { HandlingSource } from './source/handling-source.js';
import type { ReminderSource, SearchSource } from './source/own-source.js';
import type { AlertRecord } from './source/records.js';
import type { AlertSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: AlertSimulationSource;
  readonly source: AlertSource;
  readonly handling: HandlingSource;
  readonly groups: GroupSource;
  readonly reminders: ReminderSource;
  readonly searches: SearchSource;
  /** Alerts referred to by key, loaded in one batch per request. */
  readonly referred: DataLoader<string, AlertRecord | null>;
}
