import type { RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { BenefitLineFacts, PaymentLineFacts } from '../../shared/policy/benefit-access.js';
import type { AccessFacts, CaseFacts } from '../../shared/policy/facts.js';
import type { Party } from '../../shared/records/parties.js';

/** One benefit inside a grant. */
export interface GrantedBenefitRecord extends BenefitLineFacts {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly repayable: boolean;
  readonly frequency: string | null;
}

/** A payment line's facts as the grant keeps them: the newest per owner and KLE number. */
export interface PaymentFactRecord extends PaymentLineFacts {
  /** Whether the payment belongs to the grant's owner; a line of another owner opens nothing. */
  readonly ofOwner: boolean;
}

/** A benefit grant as stored (docs/field.md, Records). `access.kle` is null: KLE stands on each benefit. */
export interface GrantRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'PASSIVE';
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly reason: string | null;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly caseId: string | null;
  readonly benefits: readonly GrantedBenefitRecord[];
  readonly paymentFacts: readonly PaymentFactRecord[];
  readonly access: AccessFacts;
  readonly caseFacts: CaseFacts | null;
}

export interface PaymentLineRecord {
  readonly text: string;
  readonly kle: string | null;
  readonly amountOre: number;
}

/** A payment as stored. Amounts are as delivered, in integer øre. */
export interface PaymentRecord extends RegistrationTime {
  readonly _id: string;
  readonly rev: number;
  readonly source: string;
  readonly grantId: string;
  readonly ownerCvr: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly disposalDate: string;
  readonly grossOre: number;
  readonly afterTaxOre: number;
  readonly sentOre: number;
  readonly paidOre: number | null;
  readonly lines: readonly PaymentLineRecord[];
}
