import { z } from 'zod';
import { access, day, head, id, partyUrn, recordType, text } from './record-fields.js';

/** What a document is stored with as it is delivered. */
export const documentFields = {
  title: text(255).describe('Title, written to be safe to show.'),
  documentNumber: text(50).nullable().default(null).describe('Document number.'),
  documentType: z
    .enum([
      'INCOMING_LETTER',
      'OUTGOING_LETTER',
      'AGENDA',
      'EXTERNAL_NOTE',
      'INVOICE',
      'INTERNAL_NOTE',
      'REPORT',
    ])
    .describe('Type of document.'),
  state: z
    .enum(['RECEIVED', 'ASSIGNED', 'IN_PROGRESS', 'UNDER_REVIEW', 'PUBLISHED', 'FINAL', 'ARCHIVED'])
    .describe('State.'),
  letterDate: day.describe('Date of the letter.'),
  caseIds: z
    .array(id)
    .overwrite((ids) => [...new Set(ids)])
    .default([])
    .describe('Cases it is filed on; they may arrive later, and until then it is hidden.'),
};

export const documentShape = z
  .strictObject({
    type: recordType('document'),
    ...head,
    ...access,
    ...documentFields,
    parties: z
      .array(partyUrn)
      .min(1)
      .describe('Persons and companies it is about. A person who has not arrived yet is found on arrival.'),
  })
  .describe('A document’s metadata; the file stays in its source system.');
