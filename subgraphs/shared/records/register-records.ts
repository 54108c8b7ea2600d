import { z } from 'zod';
import { normaliseCpr } from '../scalars/cpr.js';
import { anyId, cvr, day, head, id, kle, lines, personUrn, recordType, text } from './record-fields.js';

const address = z.strictObject({
  line: text(255).describe('Address on one line, as the register writes it.'),
  municipalityCvr: cvr.nullable().describe('Municipality it lies in.'),
  from: day.describe('First day of residence.'),
  to: day.nullable().describe('First day it no longer held; blank while it holds.'),
});

/** What a person is stored with as it is delivered. */
export const personFields = {
  cpr: z
    .string()
    .refine((cpr) => normaliseCpr(cpr) === cpr, 'ten digits, DDMMYY and four more')
    .describe('Personal number. One that fails modulus 11 is accepted; a replacement number too.'),
  formerCprs: z
    .array(z.string().regex(/^\d{10}$/, 'ten digits'))
    .default([])
    .describe('Former personal numbers; all lead to the same person.'),
  birthDate: day.describe('Day of birth.'),
  name: text(255).describe('Full name.'),
  sex: z.enum(['FEMALE', 'MALE']).describe('Legal sex.'),
  civilStatus: z.enum(['UNMARRIED', 'MARRIED', 'DIVORCED', 'WIDOWED']).describe('Civil status.'),
  status: z
    .enum(['RESIDENT', 'EMIGRATED', 'MISSING', 'DEAD'])
    .default('RESIDENT')
    .describe('The register’s status.'),
  statusSince: day.nullable().default(null).describe('Since when the status holds.'),
  protectedAddress: z.boolean().default(false).describe('Whether name and address are protected.'),
  mergedInto: id
    .nullable()
    .default(null)
    .describe('Id of the person this one turned out to be; what is tied to this one belongs to the other.'),
  addresses: z.array(address).describe('Addresses, the newest first.'),
};

export const personShape = z
  .strictObject({
    type: recordType('person'),
    ...head,
    ...personFields,
    relations: z
      .array(
        z.strictObject({
          relation: z.enum(['SPOUSE', 'PARENT', 'CHILD']).describe('How the other is related.'),
          person: personUrn.describe('The other person.'),
        }),
      )
      .default([])
      .describe('Spouse, parents and children. A person who has not arrived yet is found on arrival.'),
  })
  .describe('A person as the person register has it.');

const addressLine = text(255).nullable().default(null).describe('Address on one line.');

/** What a company is stored with as it is delivered. */
export const companyFields = {
  cvr: cvr.describe('CVR number of the company.'),
  name: text(255).describe('Name.'),
  addressLine,
  municipalityCvr: cvr.nullable().default(null).describe('Municipality it lies in.'),
  branchCode: z
    .string()
    .regex(/^\d{6}$/, 'six digits')
    .nullable()
    .default(null)
    .describe('Branch code.'),
  branchName: text(255).nullable().default(null).describe('Branch.'),
  startsOn: day.nullable().default(null).describe('First day.'),
  endsOn: day.nullable().default(null).describe('First day after the last one; blank while it goes on.'),
  employees: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Number of employees, as the register counts them.'),
  productionUnits: z
    .array(
      z.strictObject({
        // P-numbers were made with other weights than CVR numbers.
        pNumber: z
          .string()
          .regex(/^\d{10}$/, 'ten digits')
          .describe('P-number; not checked by modulus.'),
        name: text(255).describe('Name.'),
        addressLine,
      }),
    )
    .default([])
    .describe('Production units.'),
};

export const companyShape = z
  .strictObject({ type: recordType('company'), ...head, ...companyFields })
  .describe('A company as the company register has it, with its production units.');

const authority = cvr.describe('CVR number of the authority.');

/** What a remark is stored with as it is delivered. */
export const remarkFields = {
  cvr: authority,
  person: personUrn.describe('The person it is about.'),
  remarkType: text(50).describe('The municipality’s type of remark.'),
  text: lines(1000).describe('Text.'),
  validFrom: day.describe('First day the record counts; open when blank.'),
  validTo: day.nullable().default(null).describe('Last day it is shown; open when blank.'),
};

export const remarkShape = z
  .strictObject({ type: recordType('remark'), ...head, ...remarkFields })
  .describe('A cross-cutting remark. Overblik’s own: source systems do not deliver remarks.');

export const organisationUnitShape = z
  .strictObject({
    type: recordType('organisation-unit'),
    ...head,
    cvr: authority,
    name: text(255).describe('Name.'),
    contact: text(255).describe('How it is reached: what a caseworker is shown instead of content.'),
  })
  .describe('A unit of an authority’s organisation.');

export const userShape = z
  .strictObject({
    type: recordType('user'),
    ...head,
    cvr: authority,
    subject: anyId(255).describe('Id of the user at the identity provider.'),
    name: text(255).nullable().default(null).describe('What colleagues know the user by.'),
    unit: id.nullable().default(null).describe('The unit the user belongs to.'),
    jobFunctionRoles: z
      .array(text(255))
      .max(50)
      .default([])
      .describe('URIs of the user’s job-function roles.'),
    person: personUrn
      .nullable()
      .default(null)
      .describe(
        'The user as a citizen, when the municipality says so: what the rules on oneself, kin and colleagues rest on.',
      ),
  })
  .describe('A user of an authority’s organisation.');

export const kleTopicShape = z
  .strictObject({
    type: recordType('kle-topic'),
    ...head,
    number: kle.describe('KLE topic number.'),
    title: text(255).describe('Title, written to be safe to show.'),
  })
  .describe('A topic of the classification, KLE’s own or a local one.');
