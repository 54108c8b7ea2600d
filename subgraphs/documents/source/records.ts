import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type { Party } from '../../shared/records/parties.js';

/** A document's metadata as stored (docs/field.md, Records). */
export interface DocumentRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly type:
    | 'INCOMING_LETTER'
    | 'OUTGOING_LETTER'
    | 'AGENDA'
    | 'EXTERNAL_NOTE'
    | 'INVOICE'
    | 'INTERNAL_NOTE'
    | 'REPORT';
  readonly state:
    'RECEIVED' | 'ASSIGNED' | 'IN_PROGRESS' | 'UNDER_REVIEW' | 'PUBLISHED' | 'FINAL' | 'ARCHIVED';
  readonly letterDate: string;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly caseIds: readonly string[];
  readonly filedOnCase: boolean;
  readonly access: AccessFacts;
  /** Facts of the cases it is filed on; a case whose facts have not arrived is not here, so it opens nothing. */
  readonly caseFacts: readonly CaseFacts[];
}
