import type { ControlMode } from '../shared/policy/control-case-access.js';
import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { AccessReason } from '../shared/sections/access-reason.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { CaseRecord, HandedNoteRecord } from './source/records.js';

export type CitizenKey = EntityKey;

export interface CaseSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type CaseConnectionModel = GuardedPage<CaseRecord>;
export type CaseModel = CaseRecord;
export type HandedNoteModel = HandedNoteRecord;

/** All that may be shown of a restricted case. */
export interface RestrictedCaseModel {
  readonly area: string | null;
  readonly unit: string | null;
  readonly whyNot: AccessReason;
}

export interface ControlCaseSectionModel extends SectionHead {
  readonly citizenId: string;
}

/** A control case with the mode it may be shown in. */
export interface ControlCaseModel {
  readonly record: CaseRecord;
  readonly mode: ControlMode;
}

export type SimulationKey = EntityKey;

export type { SourceKey } from '../shared/sections/source-view.js';
