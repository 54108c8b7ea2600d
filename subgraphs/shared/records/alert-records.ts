import { z } from 'zod';
import { instantShape } from '../scalars/instant.js';
import { access, head, id, partyUrn, recordType, text } from './record-fields.js';

/** What an alert is stored with as it is delivered. */
export const alertFields = {
  eventType: z
    .enum(['CASE_ARISEN', 'CASE_CLOSED', 'GRANT_ACTIVE', 'GRANT_PASSIVE', 'REGISTER_EVENT', 'GENERAL'])
    .describe('What set it off.'),
  eventCode: z
    .string()
    .regex(/^\d{3}$/, 'three digits')
    .nullable()
    .default(null)
    .describe('The register’s event code.'),
  title: text(255).describe('Title, written to be safe to show.'),
  state: z.enum(['NEW', 'IN_PROGRESS', 'COMPLETED']).default('NEW').describe('State.'),
  receivedAt: instantShape.describe('When it was received.'),
  caseId: id
    .nullable()
    .default(null)
    .describe('Case it belongs to; the case may arrive later, and until then it is hidden.'),
};

export const alertShape = z
  .strictObject({
    type: recordType('alert'),
    ...head,
    ...access,
    unit: access.unit.describe('The unit it is meant for.'),
    ...alertFields,
    party: partyUrn.describe('The person or company it is about.'),
  })
  .describe('An alert that is made already. Alerts are mostly made from messages by alert groups.');
