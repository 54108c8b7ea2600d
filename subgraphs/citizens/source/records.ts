import type { DayInterval } from '../../shared/days/period.js';
import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { Home, Tie } from '../../shared/policy/citizen-reach.js';
import type { Party } from '../../shared/records/parties.js';
import type { companyFields, personFields, remarkFields } from '../../shared/records/register-records.js';
import type { StoredFields } from '../../shared/records/stored-fields.js';
import type { DatedPlace } from './address-text.js';

/** An address and the time it held: from inclusive, to exclusive. */
export type AddressRecord = CitizenRecord['addresses'][number];

/** An address as those who live there share it, and the time it holds: from inclusive, to exclusive. */
export interface Household extends DayInterval {
  readonly key: string;
}

/** What a person is found and reached by; derived from what the register says. */
export interface SearchKeys {
  readonly nameTokens: readonly string[];
  /** One for each address, in the order of the addresses. */
  readonly places: readonly DatedPlace[];
  /** Where the person is, was or will be at home: one for each address. */
  readonly households: readonly Household[];
  readonly homes: readonly Home[];
}

/** A person as stored. The id is opaque and says nothing of the personal number. */
export interface CitizenRecord extends RegistrationTime, SearchKeys, StoredFields<typeof personFields> {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  /** Current and former numbers: what a person is found and parties are resolved by. */
  readonly cprKeys: readonly string[];
  /** Spouse, parents and children; `id` is null while the register has not delivered the relative. */
  readonly relations: readonly (Party & { readonly relation: 'SPOUSE' | 'PARENT' | 'CHILD' })[];
  /** Distinct access facts of the records the person is party to. */
  readonly ties: readonly Tie[];
}

type DeliveredRemark = StoredFields<typeof remarkFields>;

/** A cross-cutting remark on a person, written by one municipality. */
export interface RemarkRecord extends RegistrationTime, Omit<DeliveredRemark, 'person' | 'remarkType'> {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  /** Null while the person is not known. */
  readonly citizenId: string | null;
  /** The personal number the remark came with; null for one written in Overblik. */
  readonly personKey: string | null;
  readonly type: DeliveredRemark['remarkType'];
}

/** A person one caseworker opened lately, or keeps as a favourite. */
export interface OwnPersonRecord {
  /** `<CVR>|<subject>|<person id>` */
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  readonly citizenId: string;
  /** When the user opened the person last; null when that is forgotten and the person only kept as a favourite. */
  readonly openedAt: Date | null;
  /** When the person was last opened or made a favourite. */
  readonly usedAt: Date;
  readonly favourite: boolean;
}

/** Which parties a record ties to which access facts; the citizens' distinct ties are derived from these. */
export interface TieRecord extends RegistrationTime {
  /** `<kind>:<record id>` */
  readonly _id: string;
  readonly rev: number;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly ties: readonly Tie[];
}

/** A company as the register has it, with what its records' ties say. */
export interface CompanyRecord extends RegistrationTime, StoredFields<typeof companyFields> {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly nameTokens: readonly string[];
}
