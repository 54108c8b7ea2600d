import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { DocumentRecord } from './source/records.js';

export type CitizenKey = EntityKey;
export type CaseKey = EntityKey;

export interface DocumentSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type DocumentConnectionModel = GuardedPage<DocumentRecord>;
export type DocumentModel = DocumentRecord;
export type SimulationKey = EntityKey;

export type { SourceKey } from '../shared/sections/source-view.js';
