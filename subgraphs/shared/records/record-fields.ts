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
export const sensitivity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], {
  error: '1, 2, 3 or 4',
});
export const ore = z.number().int().min(-2_000_000_000).max(2_000_000_000);
/** First day a record counts and first day it no longer does; blank is open. Ending a record this way is logical deletion. */
export const validity = { validFrom: day.nullable().default(null), validTo: day.nullable().default(null) };
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

export const head = { id, registeredAt: instantShape, source };

export const access = {
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
