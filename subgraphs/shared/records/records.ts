import { z } from 'zod';
import type { RegistrationTime } from '../in-step/registration-time.js';
import { isKleNumber } from '../policy/kle.js';
import { normaliseCpr } from '../scalars/cpr.js';
import { textShape } from '../scalars/clean-text.js';
import { isCvr } from '../scalars/cvr.js';
import { instantShape } from '../scalars/instant.js';
import { isDay } from '../scalars/scalars.js';
import { canonicalId, uuidShape } from '../scalars/uuid.js';

const text = (max: number) => textShape(max);
/** A text that may have several lines. */
const lines = (max: number) => textShape(max, { lines: true });
/**
 * Records as source systems deliver them: the shape of the case, document and benefit indexes (docs/field.md, Records). One shape
 * for the seed and for the feed.
 */
const id = uuidShape;
/** An id that may be a UUID or any other text. */
const anyId = (max: number) => text(max).overwrite(canonicalId);
const day = z.string().refine(isDay, 'an existing day, YYYY-MM-DD');
const cvr = z.string().refine(isCvr, 'eight digits with a right check digit');
const kle = z.string().refine(isKleNumber, 'a KLE topic number NN.NN.NN');
const source = z.string().regex(/^[A-Z][A-Z0-9_]{1,29}$/, 'the code of a source system');
const sensitivity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], {
  error: '1, 2, 3 or 4',
});
const ore = z.number().int().min(-2_000_000_000).max(2_000_000_000);
/** First day a record counts and first day it no longer does; blank is open. Ending a record this way is logical deletion. */
const validity = { validFrom: day.nullable().default(null), validTo: day.nullable().default(null) };
/** A person as a party: `urn:oio:cpr-nr:` and ten digits (docs/field.md, Records). */
const personUrn = z
  .string()
  .regex(/^urn:oio:cpr-nr:\d{10}$/, 'urn:oio:cpr-nr: and ten digits')
  .refine((urn) => normaliseCpr(urn.slice(-10)) !== undefined, 'a personal number with an existing date');

/** A person or a company as a party. */
const partyUrn = z.union(
  [
    personUrn,
    z
      .string()
      .regex(/^urn:oio:cvr-nr:\d{8}$/, 'urn:oio:cvr-nr: and eight digits')
      .refine((urn) => isCvr(urn.slice(-8))),
  ],
  { error: 'urn:oio:cpr-nr: and ten digits, or urn:oio:cvr-nr: and a CVR number' },
);

const head = { id, registeredAt: instantShape, source };

const access = {
  ...validity,
  ownerCvr: cvr,
  kle,
  sensitivity,
  /** Responsible unit. */
  unit: id.nullable().default(null),
  /** Security profile: the only organisations, units or users that may see the record. */
  profile: z.array(anyId(255)).min(1).nullable().default(null),
  /** Audiences the display class excludes. */
  hiddenFrom: z.array(z.enum(['caseworker', 'citizen'])).default([]),
};

export const personShape = z.strictObject({
  type: z.literal('person'),
  ...head,
  cpr: z.string().refine((cpr) => normaliseCpr(cpr) === cpr, 'ten digits, DDMMYY and four more'),
  formerCprs: z.array(z.string().regex(/^\d{10}$/, 'ten digits')).default([]),
  birthDate: day,
  name: text(255),
  sex: z.enum(['FEMALE', 'MALE']),
  civilStatus: z.enum(['UNMARRIED', 'MARRIED', 'DIVORCED', 'WIDOWED']),
  status: z.enum(['RESIDENT', 'EMIGRATED', 'MISSING', 'DEAD']).default('RESIDENT'),
  statusSince: day.nullable().default(null),
  protectedAddress: z.boolean().default(false),
  /** Id of the person this one turned out to be: everything tied to this one belongs to the other. */
  mergedInto: id.nullable().default(null),
  /** Newest first; from inclusive, to exclusive, null while it holds. */
  addresses: z.array(
    z.strictObject({ line: text(255), municipalityCvr: cvr.nullable(), from: day, to: day.nullable() }),
  ),
  relations: z
    .array(z.strictObject({ relation: z.enum(['SPOUSE', 'PARENT', 'CHILD']), person: personUrn }))
    .default([]),
});

const CASE_STATES = ['ARISEN', 'INFORMED', 'DECIDED', 'CLOSED'] as const;

export const caseShape = z.strictObject({
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
    .refine((history) => history[0]!.state === 'ARISEN', 'the history must begin with ARISEN'),
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

export const noteShape = z.strictObject({
  type: z.literal('note'),
  ...head,
  caseId: id,
  title: text(255),
  text: lines(100 * 1024),
  writtenOn: day,
});

export const documentShape = z.strictObject({
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

export const grantShape = z.strictObject({
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

export const paymentShape = z.strictObject({
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

export const alertShape = z.strictObject({
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

export const companyShape = z.strictObject({
  type: z.literal('company'),
  ...head,
  cvr,
  name: text(255),
  addressLine: text(255).nullable().default(null),
  municipalityCvr: cvr.nullable().default(null),
  branchCode: z
    .string()
    .regex(/^\d{6}$/, 'six digits')
    .nullable()
    .default(null),
  branchName: text(255).nullable().default(null),
  startsOn: day.nullable().default(null),
  endsOn: day.nullable().default(null),
  /** Number of employees, as the register counts them. */
  employees: z.number().int().min(0).nullable().default(null),
  /** P-numbers are not checked by modulus: they were made with other weights. */
  productionUnits: z
    .array(
      z.strictObject({
        pNumber: z.string().regex(/^\d{10}$/, 'ten digits'),
        name: text(255),
        addressLine: text(255).nullable().default(null),
      }),
    )
    .default([]),
});

export const organisationUnitShape = z.strictObject({
  type: z.literal('organisation-unit'),
  ...head,
  cvr,
  name: text(255),
  /** How it is reached: what a caseworker is told instead of content. */
  contact: text(255),
});

export const userShape = z.strictObject({
  type: z.literal('user'),
  ...head,
  cvr,
  /** Id of the user at the identity provider. */
  subject: anyId(255),
  unit: id.nullable().default(null),
  jobFunctionRoles: z.array(text(255)).max(50).default([]),
  /** The user as a citizen, when the municipality says so. */
  person: personUrn.nullable().default(null),
});

export const kleTopicShape = z.strictObject({
  type: z.literal('kle-topic'),
  ...head,
  number: kle,
  title: text(255),
});

/** Physical deletion: the source no longer has the record. */
export const removalShape = z.strictObject({
  type: z.literal('removal'),
  ...head,
  /** Type of the record that is gone. */
  of: z.enum(['person', 'company', 'case', 'note', 'document', 'grant', 'payment', 'alert']),
});

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
