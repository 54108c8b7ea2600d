import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { PaymentLineFacts } from '../../shared/policy/benefit-access.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type {
  grantedBenefitFields,
  grantFields,
  paymentFields,
} from '../../shared/records/benefit-records.js';
import type { Party } from '../../shared/records/parties.js';
import type { StoredFields } from '../../shared/records/stored-fields.js';

/** One benefit inside a grant. */
export type GrantedBenefitRecord = StoredFields<typeof grantedBenefitFields>;

/** A payment line's facts as the grant keeps them: the newest per owner and KLE number. */
export interface PaymentFactRecord extends PaymentLineFacts {
  /** Whether the payment belongs to the grant's owner; a line of another owner opens nothing. */
  readonly ofOwner: boolean;
}

/** A benefit grant as stored (docs/field.md, Records). `access.kle` is null: KLE stands on each benefit. */
export interface GrantRecord extends RegistrationTime, StoredFields<typeof grantFields> {
  readonly _id: string;
  readonly rev: number;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly benefits: readonly GrantedBenefitRecord[];
  readonly paymentFacts: readonly PaymentFactRecord[];
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
}

/** A payment as stored. Amounts are as delivered, in integer øre. */
export interface PaymentRecord extends RegistrationTime, StoredFields<typeof paymentFields> {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
}

export type PaymentLineRecord = PaymentRecord['lines'][number];
