import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type { documentFields } from '../../shared/records/document-records.js';
import type { Party } from '../../shared/records/parties.js';
import type { StoredFields } from '../../shared/records/stored-fields.js';

type DeliveredDocument = StoredFields<typeof documentFields>;

/** A document's metadata as stored (docs/field.md, Records). */
export interface DocumentRecord extends RegistrationTime, Omit<DeliveredDocument, 'documentType'> {
  readonly _id: string;
  readonly rev: number;
  readonly type: DeliveredDocument['documentType'];
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly filedOnCase: boolean;
  readonly access: AccessFacts;
  /** Facts of the cases it is filed on; a case whose facts have not arrived is not here, so it opens nothing. */
  readonly caseFacts: readonly CaseFacts[];
}
