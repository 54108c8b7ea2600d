import { z } from 'zod';
import { isKleNumber } from '../policy/kle.js';
import { textShape } from '../scalars/clean-text.js';
import { normaliseCpr } from '../scalars/cpr.js';
import { isCvr } from '../scalars/cvr.js';
import { instantShape } from '../scalars/instant.js';
import { isDay } from '../scalars/scalars.js';
import { canonicalId, uuidShape } from '../scalars/uuid.js';

export const text = (max: number) => textShape(max);
/** A text that may have several lines. */
export const lines = (max: number) => textShape(max, { lines: true });
export const id = uuidShape;
/** An id that may be a UUID or any other text. */
export const anyId = (max: number) => text(max).overwrite(canonicalId);
export const day = z.string().refine(isDay, 'an existing day, YYYY-MM-DD');
export const cvr = z.string().refine(isCvr, 'eight digits with a right check digit');
export const kle = z.string().refine(isKleNumber, 'a KLE topic number NN.NN.NN');
const source = z.string().regex(/^[A-Z][A-Z0-9_]{1,29}$/, 'the code of a source system');
const sensitivity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], {
  error: '1, 2, 3 or 4',
});
export const ore = z.number().int().min(-2_000_000_000).max(2_000_000_000);
export const validity = {
  validFrom: day.nullable().default(null).describe('First day the record counts; open when blank.'),
  validTo: day
    .nullable()
    .default(null)
    .describe(
      'First day it no longer counts; open when blank. Ending a record this way is logical deletion.',
    ),
};
/** A person as a party: `urn:oio:cpr-nr:` and ten digits (docs/field.md, Records). */
export const personUrn = z
  .string()
  .regex(/^urn:oio:cpr-nr:\d{10}$/, 'urn:oio:cpr-nr: and ten digits')
  .refine((urn) => normaliseCpr(urn.slice(-10)) !== undefined, 'a personal number with an existing date');

/** A person or a company as a party. */
export const partyUrn = z.union(
  [
    personUrn,
    z
      .string()
      .regex(/^urn:oio:cvr-nr:\d{8}$/, 'urn:oio:cvr-nr: and eight digits')
      .refine((urn) => isCvr(urn.slice(-8))),
  ],
  { error: 'urn:oio:cpr-nr: and ten digits, or urn:oio:cvr-nr: and a CVR number' },
);

/** @returns the shape of the field that says which type of record it is. */
export const recordType = <T extends string>(type: T) => z.literal(type).describe('Type of record.');

export const head = {
  id: id.describe('UUID chosen by the sender; the same in every registration of the record.'),
  registeredAt: instantShape.describe(
    'Time of this registration. The newest is the present state; an older one that arrives late becomes history.',
  ),
  source: source.describe('Code of the sending system.'),
};

export const ownerCvr = cvr.describe('CVR number of the authority that owns it.');
export const sensitivityLevel = sensitivity.describe(
  '1 not confidential, 2 confidential, 3 sensitive, 4 specially protected.',
);
export const profile = z
  .array(anyId(255))
  .min(1)
  .nullable()
  .default(null)
  .describe(
    'Security profile: the only authorities (CVR), units or users that may see it, whatever their roles.',
  );

export const access = {
  ...validity,
  ownerCvr,
  kle: kle.describe('KLE topic; must be in the classification.'),
  sensitivity: sensitivityLevel,
  unit: id.nullable().default(null).describe('Responsible unit.'),
  profile,
  hiddenFrom: z
    .array(z.enum(['caseworker', 'citizen']))
    .default([])
    .describe('Audiences the display class excludes.'),
};
