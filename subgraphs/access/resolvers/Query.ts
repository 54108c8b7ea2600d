import type { QueryResolvers } from '../../../schema/generated/access.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { readMe } from '../reads/me.js';
import { accessVersion, resolveCaller } from '../reads/resolve-caller.js';

export const Query: RootResolvers<QueryResolvers> = {
  me: (_root, _args, context) => readMe(context),
  resolveCaller: (_root, { cvr, jobFunctionRoles }, context) => resolveCaller(context, cvr, jobFunctionRoles),
  accessVersion: (_root, { cvr }, context) => accessVersion(context, cvr),
};
