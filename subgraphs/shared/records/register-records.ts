import { z } from 'zod';
import { normaliseCpr } from '../scalars/cpr.js';
import { anyId, cvr, day, head, id, kle, personUrn, text } from './record-fields.js';

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
  /** How it is reached: what a caseworker is shown instead of content. */
  contact: text(255),
});

export const userShape = z.strictObject({
  type: z.literal('user'),
  ...head,
  cvr,
  /** Id of the user at the identity provider. */
  subject: anyId(255),
  /** What colleagues know the user by. */
  name: text(255).nullable().default(null),
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
