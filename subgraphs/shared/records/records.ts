import { z } from 'zod';
import type { RegistrationTime } from '../in-step/registration-time.js';
import { instantShape } from '../scalars/instant.js';
import {
  access,
  cvr,
  day,
  head,
  id,
  kle,
  lines,
  ore,
  partyUrn,
  personUrn,
  sensitivity,
  text,
  validity,
} from './record-fields.js';
import {
  companyShape,
  kleTopicShape,
  organisationUnitShape,
  personShape,
  userShape,
} from './register-records.js';

const CASE_STATES = ['ARISEN', 'INFORMED', 'DECIDED', 'CLOSED'] as const;

const caseShape = z.strictObject({
  type: z.literal('case'),
  ...head,
  ...access,
  caseNumber: text(50),
  title: text(255),
  /** Shown instead of the title when that is exempt from publicity. */
  alternativeTitle: text(255).nullable().default(null),
  facet: z
    .string()
    .regex(/^[A-ZÆØÅ]\d{2}$/, 'a KLE action facet')
    .nullable()
    .default(null),
  /** Full history, oldest first; must begin with ARISEN. */
  history: z
    .array(z.strictObject({ state: z.enum(CASE_STATES), on: day }))
    .min(1)
    .refine((history) => history[0]?.state === 'ARISEN', 'the history must begin with ARISEN'),
  subStatus: text(255).nullable().default(null),
  primaryHandler: text(255).nullable().default(null),
  /** Control themes; a case with one is a control case (docs/field.md, Law). */
  controlThemes: z.array(text(100)).max(10).default([]),
  /** Day the control was dropped. */
  controlDroppedOn: day.nullable().default(null),
  parties: z
    .array(z.strictObject({ role: z.enum(['PRIMARY', 'SECONDARY', 'BENEFIT_RECIPIENT']), person: partyUrn }))
    .min(1),
});

const noteShape = z.strictObject({
  type: z.literal('note'),
  ...head,
  caseId: id,
  title: text(255),
  text: lines(100 * 1024),
  writtenOn: day,
});

const documentShape = z.strictObject({
  type: z.literal('document'),
  ...head,
  ...access,
  title: text(255),
  documentNumber: text(50).nullable().default(null),
  documentType: z.enum([
    'INCOMING_LETTER',
    'OUTGOING_LETTER',
    'AGENDA',
    'EXTERNAL_NOTE',
    'INVOICE',
    'INTERNAL_NOTE',
    'REPORT',
  ]),
  state: z.enum(['RECEIVED', 'ASSIGNED', 'IN_PROGRESS', 'UNDER_REVIEW', 'PUBLISHED', 'FINAL', 'ARCHIVED']),
  letterDate: day,
  caseIds: z
    .array(id)
    .overwrite((ids) => [...new Set(ids)])
    .default([]),
  parties: z.array(partyUrn).min(1),
});

const grantShape = z.strictObject({
  type: z.literal('grant'),
  ...head,
  ...validity,
  ownerCvr: cvr,
  sensitivity,
  profile: access.profile,
  status: z.enum(['ACTIVE', 'INACTIVE', 'PASSIVE']),
  startsOn: day,
  endsOn: day.nullable().default(null),
  reason: lines(4096).nullable().default(null),
  caseId: id.nullable().default(null),
  party: partyUrn,
  benefits: z
    .array(
      z.strictObject({
        id,
        name: text(255),
        kle,
        startsOn: day,
        endsOn: day.nullable().default(null),
        repayable: z.boolean().default(false),
        frequency: text(50).nullable().default(null),
      }),
    )
    .min(1),
});

const paymentShape = z.strictObject({
  type: z.literal('payment'),
  ...head,
  grantId: id,
  ownerCvr: cvr,
  periodFrom: day,
  periodTo: day,
  disposalDate: day,
  grossOre: ore,
  afterTaxOre: ore,
  sentOre: ore,
  paidOre: ore.nullable().default(null),
  lines: z.array(z.strictObject({ text: text(255), kle: kle.nullable(), amountOre: ore })).min(1),
});

const alertShape = z.strictObject({
  type: z.literal('alert'),
  ...head,
  ...access,
  eventType: z.enum([
    'CASE_ARISEN',
    'CASE_CLOSED',
    'GRANT_ACTIVE',
    'GRANT_PASSIVE',
    'REGISTER_EVENT',
    'GENERAL',
  ]),
  eventCode: z
    .string()
    .regex(/^\d{3}$/, 'three digits')
    .nullable()
    .default(null),
  title: text(255),
  state: z.enum(['NEW', 'IN_PROGRESS', 'COMPLETED']).default('NEW'),
  receivedAt: instantShape,
  caseId: id.nullable().default(null),
  party: partyUrn,
});

export const remarkShape = z.strictObject({
  type: z.literal('remark'),
  ...head,
  cvr,
  person: personUrn,
  remarkType: text(50),
  text: lines(1000),
  validFrom: day,
  validTo: day.nullable().default(null),
});

/** Physical deletion: the source no longer has the record. */
const removalShape = z.strictObject({
  type: z.literal('removal'),
  ...head,
  /** Type of the record that is gone. */
  of: z.enum(['person', 'company', 'case', 'note', 'document', 'grant', 'payment', 'alert']),
});

/**
 * Records as source systems deliver them: the shape of the case, document and benefit indexes (docs/field.md, Records). One shape
 * for the seed and for the feed.
 */
export const feedRecordShape = z.discriminatedUnion('type', [
  personShape,
  caseShape,
  noteShape,
  documentShape,
  grantShape,
  paymentShape,
  alertShape,
  remarkShape,
  companyShape,
  organisationUnitShape,
  userShape,
  kleTopicShape,
  removalShape,
]);

/** A record as it is written down by a sender: optional fields may be left out, times are text. */
export type FeedInput = z.input<typeof feedRecordShape>;
/** `registeredNs` is read from the record's time by whoever takes it in: nobody sends it. */
export type FeedRecord = z.infer<typeof feedRecordShape> & Pick<RegistrationTime, 'registeredNs'>;
export type FeedRecordOf<T extends FeedRecord['type']> = Extract<FeedRecord, { type: T }>;
