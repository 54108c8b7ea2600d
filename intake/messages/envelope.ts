import { z } from 'zod';
import { namesOf } from '../../subgraphs/shared/names/known-names.js';
import { isOwnName, ownValue } from '../../subgraphs/shared/names/own-value.js';
import { MESSAGE_TYPES, type MessageType } from '../../subgraphs/shared/records/message-types.js';
import { textShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { isCvr } from '../../subgraphs/shared/scalars/cvr.js';
import { instantShape } from '../../subgraphs/shared/scalars/instant.js';
import { isDay } from '../../subgraphs/shared/scalars/scalars.js';
import { uuidShape } from '../../subgraphs/shared/scalars/uuid.js';

/**
 * The envelope of Beskedfordeler (*Beskedkuvert*) as JSON: message id and version, filter data,
 * delivery data, receiver action, validity, free body. Unknown fields are let through: the standard grows, and nothing
 * but what is named here is looked at.
 */
const cvr = z.string().refine(isCvr, 'eight digits with a right check digit');
const uuid = uuidShape;
const time = instantShape;
const day = z.string().refine(isDay, 'an existing day, YYYY-MM-DD').nullable().default(null);

/** Security classes with their ranks. */
const SECURITY_CLASSES = {
  IKKE_FORTROLIGE_DATA: 1,
  FORTROLIGE_PERSONOPLYSNINGER: 2,
  FOELSOMME_PERSONOPLYSNINGER: 3,
  VIP_SAGER: 4,
} as const;

const PARTY_RULE = 'urn:oio:cpr-nr: and ten digits, or urn:oio:cvr-nr: and eight';
const partyUrn = z.string().regex(/^urn:oio:(cpr-nr:\d{10}|cvr-nr:\d{8})$/, PARTY_RULE);
const objectId = z.union([uuid, partyUrn], { error: `a UUID, or ${PARTY_RULE}` });

const filterData = z
  .object({
    messageType: uuid.refine((id) => isOwnName(MESSAGE_TYPES, id), 'a known type of message'),
    /** IT system that sends. */
    sender: uuid,
    /** Authorities that may receive it; everyone it concerns when left out. */
    allowedReceivers: z.array(cvr).max(200).optional(),
    relatedObjects: z
      .array(
        z.object({
          id: objectId,
          type: z.enum(['PERSON', 'CASE', 'GRANT']),
          role: textShape(50).optional(),
        }),
      )
      .max(20)
      .default([]),
    objectRegistration: z.object({
      registeredAt: time,
      responsibleAuthority: cvr,
      /** A person by URN, a case or grant by UUID. */
      objectId,
      /** What happened: a register event by its three digits, or a case's or grant's new state. */
      action: textShape(100),
      task: z
        .string()
        .regex(/^urn:oio:kle:\d\d\.\d\d\.\d\d$/, 'urn:oio:kle:NN.NN.NN')
        .optional(),
    }),
  })
  .superRefine(checkObjects);

export const envelopeShape = z.object({
  messageId: uuid,
  messageVersion: z.string().regex(/^1(\.\d+)?$/, 'version 1'),
  filterData,
  deliveryData: z.object({
    createdAt: time,
    securityClass: z.enum(namesOf(SECURITY_CLASSES)),
  }),
  validity: z
    .object({
      from: day,
      to: day,
    })
    .optional(),
  /** What a general message says: the title of its alerts. */
  body: z
    .object({ title: textShape(255).optional() })
    .loose()
    .default({}),
});

export type Envelope = z.infer<typeof envelopeShape>;

interface CheckedObjects {
  readonly messageType: string;
  readonly objectRegistration: { readonly objectId: string };
  readonly relatedObjects: readonly { readonly type: string; readonly id: string }[];
}

/** A person is named by URN, a case or grant by UUID: one that is named the other way would be waited for in vain. */
function checkObjects(
  { messageType, objectRegistration, relatedObjects }: CheckedObjects,
  context: z.RefinementCtx,
): void {
  const check = (kind: string, id: string, path: (string | number)[]): void => {
    if (kind === 'GENERAL' || partyUrn.safeParse(id).success === (kind === 'PERSON')) return;
    const message = kind === 'PERSON' ? `for a person ${PARTY_RULE}` : 'for a case or grant a UUID';
    context.addIssue({ code: 'custom', path, message });
  };
  const kind = ownValue<MessageType>(MESSAGE_TYPES, messageType);
  if (kind) check(kind, objectRegistration.objectId, ['objectRegistration', 'objectId']);
  for (const [i, { type, id }] of relatedObjects.entries()) check(type, id, ['relatedObjects', i, 'id']);
}

/** @returns the rank of a security class, 1 to 4. */
export function rankOfClass(securityClass: Envelope['deliveryData']['securityClass']): 1 | 2 | 3 | 4 {
  return SECURITY_CLASSES[securityClass];
}
