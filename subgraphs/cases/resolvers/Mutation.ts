import type { MutationResolvers } from '../../../schema/generated/cases.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { discardNote, writeNote } from '../changes/notes.js';

export const Mutation: AllResolvers<MutationResolvers> = {
  writeNote: (_root, { input }, context) => writeNote(context, input),
  discardNote: (_root, { id }, context) => discardNote(context, id),
};
