import type { QueryResolvers } from '../../../schema/generated/cases.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { searchCases } from '../reads/case-lists.js';
import { openCase } from '../reads/open-case.js';

export const Query: RootResolvers<QueryResolvers> = {
  case: (_root, { id }, context) => openCase(context, id),
  searchCases: (_root, { caseNumber, ...page }, context) => searchCases(context, caseNumber, page),
};
