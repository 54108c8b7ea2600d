import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { GuardedPage } from '../shared/sections/guarded-list.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { GrantedBenefitRecord, GrantRecord, PaymentLineRecord } from './source/records.js';

export type CitizenKey = EntityKey;
export type CaseKey = EntityKey;

export interface BenefitSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type BenefitGrantConnectionModel = GuardedPage<GrantRecord>;
export type BenefitGrantModel = GrantRecord;
export type GrantedBenefitModel = GrantedBenefitRecord;
export type PaymentLineModel = PaymentLineRecord;
export type SimulationKey = EntityKey;

export type { SourceKey } from '../shared/sections/source-view.js';
