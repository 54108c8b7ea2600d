import type { EntityKey } from '../shared/runtime/entity-key.js';
import type { SectionHead } from '../shared/sections/section.js';
import type { AddressRecord, CitizenRecord, CompanyRecord, RemarkRecord } from './source/records.js';

/** A person that passed the guard, with what the caller may see of the address. */
export interface CitizenModel {
  readonly record: CitizenRecord;
  /** Whether a protected address is shown without the extra step. */
  readonly addressShown: boolean;
}

export interface AddressSectionModel extends SectionHead {
  readonly citizen: CitizenModel;
}

export interface FamilySectionModel extends SectionHead {
  readonly citizen: CitizenModel;
}

export interface HouseholdSectionModel extends SectionHead {
  readonly citizen: CitizenModel;
}

export interface RemarkSectionModel extends SectionHead {
  readonly citizenId: string;
}

export type AddressModel = AddressRecord;
export type RemarkModel = RemarkRecord;
export type CompanyModel = CompanyRecord;
export type SimulationKey = EntityKey;

export type { SourceKey } from '../shared/sections/source-view.js';
