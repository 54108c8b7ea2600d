import { z } from 'zod';
import type { RegistrationTime } from '../in-step/registration-time.js';
import { alertShape } from './alert-records.js';
import { grantShape, paymentShape } from './benefit-records.js';
import { caseShape, noteShape } from './case-records.js';
import { documentShape } from './document-records.js';
import { head, recordType } from './record-fields.js';
import {
  companyShape,
  kleTopicShape,
  organisationUnitShape,
  personShape,
  remarkShape,
  userShape,
} from './register-records.js';

const removalShape = z
  .strictObject({
    type: recordType('removal'),
    ...head,
    of: z
      .enum(['person', 'company', 'case', 'note', 'document', 'grant', 'payment', 'alert'])
      .describe('Type of the record that is gone.'),
  })
  .describe(
    'Physical deletion: the record and its history are taken away, and no older registration brings it back.',
  );

/**
 * Records as source systems deliver them: the shape of the case, document and benefit indexes (docs/field.md, Records). One shape
 * for the seed and for the feed. A field's description is its meaning in docs/feed.md; the last one of a shape counts.
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
