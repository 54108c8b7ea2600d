import { z } from 'zod';
import {
  day,
  head,
  id,
  kle,
  lines,
  ore,
  ownerCvr,
  partyUrn,
  profile,
  recordType,
  sensitivityLevel,
  text,
  validity,
} from './record-fields.js';

const startsOn = day.describe('First day.');
const endsOn = day.nullable().default(null).describe('First day after the last one; blank while it goes on.');

/** What a grant is stored with as it is delivered. */
export const grantFields = {
  status: z.enum(['ACTIVE', 'INACTIVE', 'PASSIVE']).describe('The grant’s status.'),
  startsOn,
  endsOn,
  reason: lines(4096).nullable().default(null).describe('Reason.'),
  caseId: id
    .nullable()
    .default(null)
    .describe('Case it belongs to; the case may arrive later, and until then it is hidden.'),
};

/** What is delivered and stored of each benefit inside a grant. */
export const grantedBenefitFields = {
  id: head.id,
  name: text(255).describe('Name of the benefit.'),
  kle: kle.describe('KLE topic; must be in the classification.'),
  startsOn,
  endsOn,
  repayable: z.boolean().default(false).describe('Whether it must be repaid.'),
  frequency: text(50).nullable().default(null).describe('How often it is paid.'),
};

export const grantShape = z
  .strictObject({
    type: recordType('grant'),
    ...head,
    ...validity,
    ownerCvr,
    sensitivity: sensitivityLevel,
    profile,
    ...grantFields,
    party: partyUrn.describe('The person or company it is about.'),
    benefits: z
      .array(z.strictObject(grantedBenefitFields))
      .min(1)
      .describe('The granted benefits; KLE stands on each.'),
  })
  .describe('A benefit grant with its granted benefits.');

/** What is delivered and stored of each line of a payment. */
export const paymentLineFields = {
  text: text(255).describe('What the line is for.'),
  kle: kle.nullable().describe('KLE topic; must be in the classification.'),
  amountOre: ore.describe('Amount in øre.'),
};

/** What a payment is stored with as it is delivered. */
export const paymentFields = {
  grantId: id.describe('Grant it is paid under; the grant may arrive later.'),
  ownerCvr,
  periodFrom: day.describe('First day of the period.'),
  periodTo: day.describe('First day after the period.'),
  disposalDate: day.describe('Day of disposal.'),
  grossOre: ore.describe('Gross amount in øre.'),
  afterTaxOre: ore.describe('Amount after tax in øre.'),
  sentOre: ore.describe('Amount sent to payment in øre.'),
  paidOre: ore.nullable().default(null).describe('Amount paid in øre.'),
  lines: z.array(z.strictObject(paymentLineFields)).min(1).describe('Lines.'),
};

export const paymentShape = z
  .strictObject({ type: recordType('payment'), ...head, ...paymentFields })
  .describe('A payment under a grant, with its lines.');
