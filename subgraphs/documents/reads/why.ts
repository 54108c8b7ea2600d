import { explainDocument } from '../../shared/policy/document-explanation.js';
import { type AccessReason, reasonOf } from '../../shared/sections/access-reason.js';
import type { Context } from '../context.js';
import type { DocumentRecord } from '../source/records.js';

/** @returns why the caller is shown a document that is shown. */
export function whyShown(context: Context, record: DocumentRecord): AccessReason {
  const { caller } = context.claims;
  const requester = { ...caller, today: context.today };
  return reasonOf(explainDocument(record, caller.grants, caller.agreements, requester));
}
