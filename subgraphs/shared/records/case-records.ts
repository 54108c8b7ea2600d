import { z } from 'zod';
import { access, day, head, id, lines, partyUrn, recordType, text } from './record-fields.js';

const CASE_STATES = ['ARISEN', 'INFORMED', 'DECIDED', 'CLOSED'] as const;

/** What a case is stored with as it is delivered. */
export const caseFields = {
  caseNumber: text(50).describe('Case number, free text.'),
  title: text(255).describe('Title, written to be safe to show.'),
  alternativeTitle: text(255)
    .nullable()
    .default(null)
    .describe('Shown instead of the title when that is exempt from publicity.'),
  facet: z
    .string()
    .regex(/^[A-ZÆØÅ]\d{2}$/, 'a KLE action facet')
    .nullable()
    .default(null)
    .describe('KLE action facet.'),
  history: z
    .array(
      z.strictObject({
        state: z.enum(CASE_STATES).describe('State.'),
        on: day.describe('Day it was reached.'),
      }),
    )
    .min(1)
    .refine((history) => history[0]?.state === 'ARISEN', 'the history must begin with ARISEN')
    .describe('States in full, the oldest first; begins with ARISEN.'),
  subStatus: text(255).nullable().default(null).describe('The source’s own sub-status.'),
  primaryHandler: text(255).nullable().default(null).describe('Whom to contact.'),
  // docs/field.md, Law
  controlThemes: z
    .array(text(100))
    .max(10)
    .default([])
    .describe('Control themes; a case with one is a control case.'),
};

const partyRole = z.enum(['PRIMARY', 'SECONDARY', 'BENEFIT_RECIPIENT']);

export const caseShape = z
  .strictObject({
    type: recordType('case'),
    ...head,
    ...access,
    ...caseFields,
    controlDroppedOn: day.nullable().default(null).describe('Day the control was dropped.'),
    parties: z
      .array(
        z.strictObject({
          role: partyRole.describe('What the party is to the case.'),
          person: partyUrn.describe('The party.'),
        }),
      )
      .min(1)
      .describe('Persons and companies it is about. A person who has not arrived yet is found on arrival.'),
  })
  .describe('A case of the case index.');

/** What a journal note is stored with as it is delivered. */
export const noteFields = {
  caseId: id.describe('Case it belongs to; the case may arrive later, and until then it is hidden.'),
  title: text(255).describe('Title, written to be safe to show.'),
  text: lines(100 * 1024).describe(
    'Text; at most 100 kB, else the source’s standard text that refers to the source.',
  ),
  writtenOn: day.describe('Day it was written.'),
};

export const noteShape = z
  .strictObject({ type: recordType('note'), ...head, ...noteFields })
  .describe('A journal note on a case.');
