import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { CaseRecord } from './source/records.js';

export type CitizenKey = EntityKey;

export interface CaseSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type CaseConnectionModel = GuardedPage<CaseRecord>;
export type CaseModel = CaseRecord;

/** All that may be told of a restricted case. */
export interface RestrictedCaseModel {
  readonly area: string | null;
  readonly unit: string | null;
}
