import type { MutationResolvers } from '../../../schema/generated/citizens.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { addFavourite, removeFavourite } from '../changes/own-persons.js';
import { deleteRemark, writeRemark } from '../changes/remarks.js';

export const Mutation: AllResolvers<MutationResolvers> = {
  writeRemark: (_root, { input }, context) => writeRemark(context, input),
  deleteRemark: (_root, { id }, context) => deleteRemark(context, id),
  addFavourite: (_root, { id }, context) => addFavourite(context, id),
  removeFavourite: (_root, { id }, context) => removeFavourite(context, id),
};
