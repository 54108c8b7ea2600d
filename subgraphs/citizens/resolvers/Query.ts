import type { QueryResolvers } from '../../../schema/generated/citizens.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { openCitizen } from '../reads/open-citizen.js';
import { searchCitizens } from '../reads/search-citizens.js';

export const Query: RootResolvers<QueryResolvers> = {
  citizen: (_root, { id }, context) => openCitizen(context, id),
  searchCitizens: (_root, { criteria, ...page }, context) => searchCitizens(context, criteria, page),
};
