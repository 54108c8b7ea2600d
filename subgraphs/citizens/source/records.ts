import type { Tie } from '../../shared/policy/citizen-reach.js';

/** An address and the time it held: from inclusive, to exclusive (F86). */
export interface AddressRecord {
  readonly line: string;
  readonly municipalityCvr: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** A person as stored. The id is opaque and says nothing of the personal number. */
export interface CitizenRecord {
  readonly _id: string;
  /** Time of the registration this state comes from. */
  readonly registeredAt: Date;
  readonly source: string;
  readonly cpr: string;
  readonly formerCprs: readonly string[];
  /** Current and former numbers: what a person is found and parties are resolved by. */
  readonly cprKeys: readonly string[];
  readonly name: string;
  readonly nameTokens: readonly string[];
  readonly birthDate: string;
  readonly sex: 'FEMALE' | 'MALE';
  readonly civilStatus: 'UNMARRIED' | 'MARRIED' | 'DIVORCED' | 'WIDOWED';
  readonly status: 'RESIDENT' | 'EMIGRATED' | 'MISSING' | 'DEAD';
  readonly statusSince: string | null;
  /** Newest first; the first holds today when its `to` is null. */
  readonly addresses: readonly AddressRecord[];
  readonly addressTokens: readonly string[];
  readonly protectedAddress: boolean;
  /** Municipalities the person lives or lived in. */
  readonly homes: readonly string[];
  readonly householdKey: string | null;
  readonly relations: readonly {
    readonly relation: 'SPOUSE' | 'PARENT' | 'CHILD';
    readonly citizenId: string;
  }[];
  /** Distinct access facts of the records the person is party to. */
  readonly ties: readonly Tie[];
}

/** A cross-cutting remark on a person, written by one municipality. */
export interface RemarkRecord {
  readonly _id: string;
  readonly registeredAt: Date;
  readonly source: string;
  readonly cvr: string;
  /** Null while the person is not known: the remark waits under `personKey`. */
  readonly citizenId: string | null;
  /** The personal number a waiting remark belongs to; null once resolved. */
  readonly personKey: string | null;
  readonly type: string;
  readonly text: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Which persons a record ties to which access facts; the citizens' distinct ties are derived from these. */
export interface TieRecord {
  /** `<kind>:<record id>` */
  readonly _id: string;
  readonly registeredAt: Date;
  readonly citizenIds: readonly string[];
  readonly tie: Tie;
}
