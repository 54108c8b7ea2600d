import type { HandedNoteResolvers } from '../../../schema/generated/cases.js';
import { sourceSystem } from '../../shared/runtime/request-context.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import type { Context } from '../context.js';
import type { HandedNoteModel } from '../models.js';

/** What stands in a note that has not arrived is for its author alone. */
export const HandedNote: AllResolvers<HandedNoteResolvers> = {
  id: ({ _id }) => _id,
  delivery: ({ delivery }) => delivery,
  writtenAt: ({ writtenAt }) => writtenAt,
  settledAt: ({ settledAt }) => settledAt,
  refusal: (note, _args, context) => (isOwn(note, context) ? note.refusal : null),
  title: (note, _args, context) => (isOwn(note, context) ? note.title : null),
  text: (note, _args, context) => (isOwn(note, context) ? note.text : null),
  mine: (note, _args, context) => isOwn(note, context),
  case: ({ caseId }, _args, context) => context.referred.load(caseId),
  sourceSystem: ({ source }, _args, context) => sourceSystem(context, source),
};

function isOwn({ subject, cvr }: HandedNoteModel, { claims, guard }: Context): boolean {
  return subject === claims.caller.subject && cvr === claims.caller.cvr && guard.holds('note-write');
}
