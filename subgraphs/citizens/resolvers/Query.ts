import type { QueryResolvers } from '../../../schema/generated/citizens.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { openCompany, searchCompanies } from '../reads/companies.js';
import { openCitizen } from '../reads/open-citizen.js';
import { readFavourites, readRecent } from '../reads/own-persons.js';
import { searchCitizens } from '../reads/search-citizens.js';

export const Query: RootResolvers<QueryResolvers> = {
  citizen: (_root, { id }, context) => openCitizen(context, id),
  searchCitizens: (_root, { criteria, ...page }, context) => searchCitizens(context, criteria, page),
  company: (_root, { id }, context) => openCompany(context, id),
  searchCompanies: (_root, { criteria }, context) => searchCompanies(context, criteria),
  recentCitizens: (_root, _args, context) => readRecent(context),
  favouriteCitizens: (_root, _args, context) => readFavourites(context),
  remarkTypes: (_root, _args, { guard, claims }) =>
    guard.holds('remark-write') ? [...claims.caller.remarkTypes] : null,
};
