import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { AccessFacts } from '../../shared/policy/facts.js';
import type { Party } from '../../shared/records/parties.js';

export type CaseStateName = 'ARISEN' | 'INFORMED' | 'DECIDED' | 'CLOSED';

/** A person's or company's part in a case: the source's reference, and who it is once that is known. */
export interface CasePartyRecord extends Party {
  readonly role: 'PRIMARY' | 'SECONDARY' | 'BENEFIT_RECIPIENT';
}

/** A case as stored (docs/field.md, Records). */
export interface CaseRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly caseNumber: string;
  /** Case number in lower case without spaces; what a search compares. */
  readonly caseNumberKey: string;
  readonly title: string;
  /** Shown instead of the title when that is exempt from publicity. */
  readonly alternativeTitle: string | null;
  readonly facet: string | null;
  readonly state: CaseStateName;
  readonly subStatus: string | null;
  readonly history: readonly { readonly state: CaseStateName; readonly on: string }[];
  readonly primaryHandler: string | null;
  readonly parties: readonly CasePartyRecord[];
  readonly partyIds: readonly string[];
  /** Control themes (docs/field.md, Records); none for a case that is no control case. */
  readonly controlThemes: readonly string[];
  readonly isControl: boolean;
  /** Day the control was dropped. */
  readonly droppedOn: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly access: AccessFacts;
}

/** A journal note as stored. */
export interface NoteRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly caseId: string;
  readonly title: string;
  readonly text: string;
  readonly writtenOn: string;
}

/** A journal note written here on its way to the source system of its case. */
export interface HandedNoteRecord {
  readonly _id: string;
  readonly caseId: string;
  /** Code of the source system it is for. */
  readonly source: string;
  /** The authority whose case it is. */
  readonly cvr: string;
  /** Who wrote it. */
  readonly subject: string;
  readonly writtenAt: Date;
  readonly delivery: 'WAITING' | 'DELIVERED' | 'REFUSED';
  readonly settledAt: Date | null;
  readonly refusal: string | null;
  /** Null once the source has the note: no copy is kept. */
  readonly title: string | null;
  readonly text: string | null;
}
