import type { AlertRefusal, AlertState } from '../../schema/generated/alerts.js';
import type { StoreFilter } from '../shared/policy/store-filter.js';
import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { AlertGroupRecord, AlertRecord, ReminderRecord, SavedSearchRecord } from './source/records.js';

export type CitizenKey = EntityKey;
export type CaseKey = EntityKey;

export interface AlertSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type AlertConnectionModel = GuardedPage<AlertRecord>;
export type AlertModel = AlertRecord;
export type SimulationKey = EntityKey;
export type AlertGroupModel = AlertGroupRecord;
export type ReminderModel = ReminderRecord;
export type SavedSearchModel = SavedSearchRecord;

/** What an inbox is narrowed to. */
export interface AlertInboxModel {
  readonly narrow: StoreFilter;
  readonly states: readonly AlertState[];
}

/** What became of one alert of a selection. */
export interface AlertChangeModel {
  readonly id: string;
  readonly done: boolean;
  readonly reason: AlertRefusal | null;
  readonly alert: AlertRecord | null;
}

export type { SourceKey } from '../shared/sections/source-view.js';
