import type { Agreement } from '../../shared/policy/grants.js';

/** A grant inside a mapping; checked by `voidReason` when it is used. */
export interface MappedGrant {
  readonly role: string;
  /** The authority it holds in when that is not the mapping's own: a delegated CVR number. */
  readonly cvr?: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: number;
  readonly units?: readonly string[];
}

/** What a municipality's job-function role gives (domain.md §3.1). */
export interface MappingRecord {
  /** `<CVR>|<URI>` */
  readonly _id: string;
  readonly cvr: string;
  readonly uri: string;
  readonly name: string;
  readonly grants: readonly MappedGrant[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** A service agreement; only approved ones count. */
export interface AgreementRecord extends Agreement {
  /** `<source>|<municipality CVR>` */
  readonly _id: string;
  readonly status: 'requested' | 'approved' | 'ended';
}

/** Version of everything a decision in one municipality rests on; raised by every change. */
export interface VersionRecord {
  /** The municipality's CVR number. */
  readonly _id: string;
  readonly version: number;
}
