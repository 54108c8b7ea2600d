import type { SensitivityRank } from './sensitivity.js';

/** Everything a decision about one record needs; travels with the record and its copies. */
export interface AccessFacts {
  readonly ownerCvr: string | null;
  readonly kle: string | null;
  readonly sensitivity: SensitivityRank | null;
  /** Responsible unit. */
  readonly unit: string | null;
  /** Security profile: the only organisations, units or users that may see the record; null when there is none. */
  readonly profile: readonly string[] | null;
  /** Audiences the display class excludes. */
  readonly hiddenFrom: readonly Audience[];
  /** Ids of the persons the record is about; what the rules on oneself, kin, colleagues and lifts look at. */
  readonly parties: readonly string[];
  /** Code of the source system. */
  readonly source: string;
  /** First day the record counts; open when blank (from inclusive, to exclusive). */
  readonly validFrom?: string | null;
  /** First day it no longer counts: a record its source has ended logically. */
  readonly validTo?: string | null;
  /** A copy that is being tightened, or whose facts are not known to be the latest: hidden. */
  readonly stale?: boolean;
}

export type Audience = 'caseworker' | 'citizen';

/** Access facts of a case as kept on what hangs on it. */
export interface CaseFacts extends AccessFacts {
  readonly caseId: string;
  /** Registration of the case these facts come from, and the case's revision: newer ones take the place of older ones. */
  readonly asOf?: Date;
  /** Nanoseconds after `asOf`; left out for none. */
  readonly asOfNs?: number;
  readonly rev?: number;
  /** Registration of the case that makes these facts stale until it has arrived. */
  readonly staleFor?: Date | null;
  readonly staleForNs?: number;
  /** The hand-over that set the stale mark and may withdraw it; null for a deletion, which never does. */
  readonly staleBy?: string | null;
}

/** Who asks, as far as decisions go. */
export interface Asker {
  readonly subject: string;
  readonly cvr: string;
  readonly unit: string | null;
  /** Persons whose records this caller is refused whatever the roles: oneself, kin or colleagues (the municipality's rule). */
  readonly barred: readonly string[];
  /** Persons for whom a lift by break-glass is in force. */
  readonly lifted: readonly string[];
  /** Persons a jump from another system has brought within reach. */
  readonly jumps?: readonly string[];
}

/** Who asks, and on which day (YYYY-MM-DD): what has ended by then is not shown. */
export interface Requester extends Asker {
  readonly today: string;
}
