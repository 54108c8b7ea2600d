import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { AlertRecord } from './source/records.js';

export type CitizenKey = EntityKey;
export type CaseKey = EntityKey;

export interface AlertSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type AlertConnectionModel = GuardedPage<AlertRecord>;
export type AlertModel = AlertRecord;
export type SimulationKey = EntityKey;
