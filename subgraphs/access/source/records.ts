import type { JWK } from 'jose';
import type { Rights } from '../../shared/identity/hypothesis.js';
import type { RecordKind } from '../../shared/policy/grants.js';
import type { SectionName } from '../../shared/policy/sections.js';
import type { SensitivityRank } from '../../shared/policy/sensitivity.js';

export type GovernedKind = 'mapping' | 'agreement' | 'settings' | 'jump';

export type ParametricConstraint = 'kle' | 'sensitivity' | 'unit';

/** A system role inside a mapping; checked by `voidReason` when it is used. */
export interface MappedGrant {
  /** Name of a system role, or a URI nothing is known of: void, and shown as such. */
  readonly role: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: SensitivityRank;
  readonly units?: readonly string[];
  readonly systems?: readonly string[];
  /** Constraints whose values come with the sign-in. */
  readonly parametric?: readonly ParametricConstraint[];
}

/** What a municipality's job-function role gives (docs/field.md, Access). */
export interface MappingContent {
  readonly kind: 'mapping';
  readonly name: string;
  readonly description: string;
  readonly grants: readonly MappedGrant[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly caseNumber: string | null;
}

/** What a source system may show a municipality, and deliver. */
export interface AgreementContent {
  readonly kind: 'agreement';
  readonly source: string;
  readonly name: string;
  readonly kinds: readonly RecordKind[];
  readonly read: boolean;
  readonly deliver: boolean;
  readonly kle: readonly string[];
  readonly sensitivity: SensitivityRank;
  readonly crossAuthority: boolean;
  readonly staleAfterHours: number;
  readonly ended: boolean;
}

export type RelatedRule = 'REFUSE' | 'ALARM';

/** A municipality's own choices. */
export interface SettingsContent {
  readonly kind: 'settings';
  readonly sectionsOff: readonly SectionName[];
  readonly remarkTypes: readonly string[];
  /** Standard headings of journal notes. */
  readonly noteHeadings: readonly string[];
  /** System roles that take a sign-in of NSIS level High. */
  readonly highAssuranceRoles: readonly string[];
  readonly liftMinutes: number;
  readonly liftsPerDay: number;
  readonly reviewDays: number;
  readonly lookUpsPerHour: number;
  readonly sessionIdleMinutes: number;
  readonly sessionHours: number;
  readonly ownRecord: RelatedRule;
  readonly kin: RelatedRule;
  readonly colleagues: RelatedRule;
  /** Ids of invented persons for whom simulations give exact figures. */
  readonly testPersons: readonly string[];
}

/** Where cases of a source system open in that system. */
export interface JumpContent {
  readonly kind: 'jump';
  readonly source: string;
  /** Address with {caseId}; empty when the system is not jumped to. */
  readonly template: string;
}

export type Content = MappingContent | AgreementContent | SettingsContent | JumpContent;

export interface DraftRecord {
  readonly content: Content;
  readonly by: string;
  readonly at: Date;
  readonly why: string;
  /** When the impact of exactly this content was last looked at. */
  readonly previewedAt: Date | null;
  readonly rejectedWhy: string | null;
}

export interface ProposalRecord {
  readonly content: Content;
  readonly draftedBy: string;
  readonly proposedBy: string;
  readonly at: Date;
  readonly why: string;
  /** SHA-256 over the content: an approval names what was read. */
  readonly digest: string;
  readonly previewedAt: Date | null;
}

/** An approved version. Only `undone` ever changes. */
export interface VersionRecord {
  readonly number: number;
  readonly content: Content;
  readonly draftedBy: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly activeFrom: Date;
  readonly why: string;
  readonly undone: { readonly by: string; readonly at: Date; readonly why: string } | null;
}

/** A mapping, an agreement, the settings or a jump with everything that was approved: one document, changed by compare-and-set. */
export interface GovernedRecord {
  /** `<kind>|<CVR>|<key>` */
  readonly _id: string;
  readonly kind: GovernedKind;
  readonly cvr: string;
  /** URI of the job-function role, code of the source system, `settings`, or IT-system UUID. */
  readonly key: string;
  readonly revision: number;
  readonly draft: DraftRecord | null;
  readonly proposal: ProposalRecord | null;
  /** Oldest first; the newest 50, older ones are kept in the archive. */
  readonly versions: readonly VersionRecord[];
}

/** Version of everything a decision in one municipality rests on. */
export interface AccessVersionRecord {
  /** The municipality's CVR number. */
  readonly _id: string;
  readonly version: number;
  /** Times to come at which something begins or ends by itself; each one passed counts as one version more. */
  readonly boundaries: readonly Date[];
  /** Changes begun and not ended, by id: one left over by a crash is counted by the next reader. */
  readonly pending: Readonly<Record<string, Date>>;
}

/** A user of the organisation. */
export interface UserRecord {
  /** `<CVR>|<subject>` */
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  /** As the organisation delivers it; missing or null when it does not. */
  readonly name?: string | null;
  readonly unit: string | null;
  readonly jobFunctionRoles: readonly string[];
  /** The user as a citizen, when the municipality has said so. */
  readonly personId: string | null;
  /** Registration it was delivered by; none for a user an installation begins with. */
  readonly registeredAt?: Date;
  readonly registeredNs?: number;
  /** Spouse, parents and children of the user, from the register. */
  readonly kin: readonly string[];
}

/** An IT system that calls Overblik: delivers records, sends messages, asks for tickets. */
export interface SystemRecord {
  /** IT-system UUID. */
  readonly _id: string;
  /** Code of the source system. */
  readonly code: string;
  readonly name: string;
  /** Public ES256 keys; two during a change. */
  readonly keys: readonly JWK[];
  /** Whether it fetches the journal notes that are written here on its cases. */
  readonly takesNotes: boolean;
  readonly active: boolean;
}

/** An authority as the installation knows it. */
export interface AuthorityRecord {
  /** CVR number. */
  readonly _id: string;
  readonly name: string;
  /** Four digits; null for an authority that is no municipality. */
  readonly municipalityCode: string | null;
  /** Domain its job-function roles begin with; null when they may begin with any. */
  readonly domain: string | null;
}

/** An identity provider that was set up here, beside those of the settings. */
export interface ProviderRecord {
  /** SAML entity id. */
  readonly _id: string;
  readonly name: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | null;
  /** The authority whose users it signs in. */
  readonly cvr: string;
  /** Other authorities whose roles its users may hold. */
  readonly delegated: readonly string[];
  /** PEM; two during a change. */
  readonly certificates: readonly string[];
}

/** A record a source system had rejected, as it was sent. */
export interface RejectRecord {
  readonly _id: string;
  readonly source: string;
  readonly at: Date;
  readonly recordId: string | null;
  readonly field: string;
  readonly rule: string;
  readonly text: string;
}

/** The numbers a source system gives its deliveries. */
export interface SequenceRecord {
  /** Code of the source system. */
  readonly _id: string;
  readonly next: number;
  readonly missing: readonly number[];
  readonly rev: number;
}

/** An assertion that was used: never again. */
export interface AssertionRecord {
  /** `<IT-system UUID>|<jti>` */
  readonly _id: string;
  readonly at: Date;
}

export type LiftVerdict = 'JUSTIFIED' | 'NOT_JUSTIFIED';

/** A lift by break-glass and its review. */
export interface LiftRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly subject: string;
  readonly unit: string | null;
  readonly citizenId: string;
  readonly reason: string;
  readonly from: Date;
  readonly to: Date;
  readonly reviewBy: Date;
  readonly review: {
    readonly by: string;
    readonly at: Date;
    readonly verdict: LiftVerdict;
    readonly note: string;
  } | null;
}

export interface TokenRoleRecord {
  readonly uri: string;
  readonly scope: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: SensitivityRank;
  readonly units?: readonly string[];
}

/** A simulation of one administrator; gone after ten minutes. */
export interface SimulationRecord {
  readonly _id: string;
  readonly cvr: string;
  readonly by: string;
  readonly at: Date;
  readonly before: Rights;
  readonly after: Rights;
  readonly citizenIds: readonly string[];
  /** Those of them who are the municipality's test persons. */
  readonly testPersons: readonly string[];
  readonly holders: number | null;
  readonly reading: {
    readonly kind: 'USER' | 'TOKEN' | 'PRIVILEGES' | 'ROLES';
    readonly subject: string | null;
    readonly cvr: string | null;
    readonly unit: string | null;
    readonly expiresAt: Date | null;
    readonly roles: readonly TokenRoleRecord[];
    readonly problems: readonly string[];
  } | null;
  readonly voids: readonly { readonly uri: string; readonly role: string | null; readonly reason: string }[];
}
