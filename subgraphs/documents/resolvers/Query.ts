import type { QueryResolvers } from '../../../schema/generated/documents.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { openDocument } from '../reads/open-document.js';

export const Query: RootResolvers<QueryResolvers> = {
  document: (_root, { id }, context) => openDocument(context, id),
};
