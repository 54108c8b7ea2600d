import type { DayInterval } from '../../shared/days/period.js';
import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { Home, Tie } from '../../shared/policy/citizen-reach.js';
import type { Party } from '../../shared/records/parties.js';
import type { DatedPlace } from './address-text.js';

/** An address and the time it held: from inclusive, to exclusive. */
export interface AddressRecord {
  readonly line: string;
  readonly municipalityCvr: string | null;
  readonly from: string;
  readonly to: string | null;
}

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
export interface CitizenRecord extends RegistrationTime, SearchKeys {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly cpr: string;
  readonly formerCprs: readonly string[];
  /** Current and former numbers: what a person is found and parties are resolved by. */
  readonly cprKeys: readonly string[];
  readonly name: string;
  readonly birthDate: string;
  readonly sex: 'FEMALE' | 'MALE';
  readonly civilStatus: 'UNMARRIED' | 'MARRIED' | 'DIVORCED' | 'WIDOWED';
  readonly status: 'RESIDENT' | 'EMIGRATED' | 'MISSING' | 'DEAD';
  readonly statusSince: string | null;
  /** In any order: one holds on each day from its first, until the day after its last. */
  readonly addresses: readonly AddressRecord[];
  readonly protectedAddress: boolean;
  /** Spouse, parents and children; `id` is null while the register has not delivered the relative. */
  readonly relations: readonly (Party & { readonly relation: 'SPOUSE' | 'PARENT' | 'CHILD' })[];
  /** The person this one turned out to be; then this one is shown nowhere. */
  readonly mergedInto: string | null;
  /** Distinct access facts of the records the person is party to. */
  readonly ties: readonly Tie[];
}

/** A cross-cutting remark on a person, written by one municipality. */
export interface RemarkRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly cvr: string;
  /** Null while the person is not known. */
  readonly citizenId: string | null;
  /** The personal number the remark came with; null for one written in Overblik. */
  readonly personKey: string | null;
  readonly type: string;
  readonly text: string;
  readonly validFrom: string;
  readonly validTo: string | null;
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
export interface CompanyRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly cvr: string;
  readonly name: string;
  readonly nameTokens: readonly string[];
  readonly addressLine: string | null;
  readonly municipalityCvr: string | null;
  readonly branchCode: string | null;
  readonly branchName: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly employees: number | null;
  readonly productionUnits: readonly {
    readonly pNumber: string;
    readonly name: string;
    readonly addressLine: string | null;
  }[];
}
