import { z } from 'zod';
import { MESSAGE_TYPES } from '../../subgraphs/shared/records/message-types.js';
import { isKleNumber } from '../../subgraphs/shared/policy/kle.js';
import { isCvr } from '../../subgraphs/shared/scalars/cvr.js';
import { isDay } from '../../subgraphs/shared/scalars/scalars.js';

/**
 * The envelope of Beskedfordeler (*Beskedkuvert*, domain.md §2.4) as JSON: message id and version, filter data,
 * delivery data, receiver action, validity, free body. Unknown fields are let through: the standard grows, and nothing
 * but what is named here is looked at.
 */
const cvr = z.string().refine(isCvr, 'eight digits with a right check digit');
const uuid = z.uuid();

const SECURITY_CLASSES = [
  'IKKE_FORTROLIGE_DATA',
  'FORTROLIGE_PERSONOPLYSNINGER',
  'FOELSOMME_PERSONOPLYSNINGER',
  'VIP_SAGER',
] as const;

const partyUrn = z
  .string()
  .regex(
    /^urn:oio:(cpr-nr:\d{10}|cvr-nr:\d{8})$/,
    'urn:oio:cpr-nr: and ten digits, or urn:oio:cvr-nr: and eight',
  );

export const envelopeShape = z.object({
  messageId: uuid,
  messageVersion: z.string().regex(/^1(\.\d+)?$/, 'version 1'),
  filterData: z.object({
    messageType: uuid.refine((id) => id in MESSAGE_TYPES, 'a known type of message'),
    /** IT system that sends. */
    sender: uuid,
    /** Authorities that may receive it; everyone it concerns when left out. */
    allowedReceivers: z.array(cvr).max(200).optional(),
    relatedObjects: z
      .array(
        z.object({
          id: z.union([uuid, partyUrn]),
          type: z.enum(['PERSON', 'CASE', 'GRANT']),
          role: z.string().max(50).optional(),
        }),
      )
      .max(20)
      .default([]),
    objectRegistration: z.object({
      registeredAt: z.iso.datetime().transform((at) => new Date(at)),
      responsibleAuthority: cvr,
      /** A person by URN, a case or grant by UUID. */
      objectId: z.union([uuid, partyUrn]),
      /** What happened: a register event by its three digits, or a case's or grant's new state. */
      action: z.string().min(1).max(100),
      task: z
        .string()
        .regex(/^urn:oio:kle:\d\d\.\d\d\.\d\d$/, 'urn:oio:kle:NN.NN.NN')
        .refine((urn) => isKleNumber(urn.slice('urn:oio:kle:'.length)))
        .optional(),
    }),
  }),
  deliveryData: z.object({
    createdAt: z.iso.datetime(),
    securityClass: z.enum(SECURITY_CLASSES),
  }),
  validity: z
    .object({
      from: z.string().refine(isDay).nullable().default(null),
      to: z.string().refine(isDay).nullable().default(null),
    })
    .optional(),
  /** What a general message says: the title of its alerts. */
  body: z
    .object({ title: z.string().min(1).max(255).optional() })
    .loose()
    .default({}),
});

export type Envelope = z.infer<typeof envelopeShape>;

/** @returns the rank of a security class, 1 to 4. */
export function rankOfClass(securityClass: Envelope['deliveryData']['securityClass']): 1 | 2 | 3 | 4 {
  return (SECURITY_CLASSES.indexOf(securityClass) + 1) as 1 | 2 | 3 | 4;
}
