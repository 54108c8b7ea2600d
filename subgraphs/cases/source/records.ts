import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { AccessFacts } from '../../shared/policy/facts.js';
import type { caseFields, noteFields } from '../../shared/records/case-records.js';
import type { Party } from '../../shared/records/parties.js';
import type { StoredFields } from '../../shared/records/stored-fields.js';

/** A person's or company's part in a case: the source's reference, and who it is once that is known. */
export interface CasePartyRecord extends Party {
  readonly role: 'PRIMARY' | 'SECONDARY' | 'BENEFIT_RECIPIENT';
}

/** A case as stored (docs/field.md, Records): what came with it, and what is worked out of it. */
export interface CaseRecord extends RegistrationTime, StoredFields<typeof caseFields> {
  readonly _id: string;
  readonly rev: number;
  /** Case number in lower case without spaces; what a search compares. */
  readonly caseNumberKey: string;
  readonly state: CaseRecord['history'][number]['state'];
  readonly parties: readonly CasePartyRecord[];
  readonly partyIds: readonly string[];
  readonly isControl: boolean;
  /** Day the control was dropped. */
  readonly droppedOn: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly access: AccessFacts;
}

/** A journal note as stored. */
export interface NoteRecord extends RegistrationTime, StoredFields<typeof noteFields> {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
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
