import type { QueryResolvers } from '../../../schema/generated/access.js';
import { inCapitals } from '../../shared/names/known-names.js';
import type { ConstraintType } from '../../shared/policy/permissions.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { publishedRoles } from '../governed/system-roles.js';
import { authenticateSystem, deliveringSystem } from '../reads/authenticate-system.js';
import { readColleagues, readKleBranches, readUnits } from '../reads/choices.js';
import { readAwaiting, readItem, readItems, readSettingsInForce } from '../reads/governed.js';
import { readLifts } from '../reads/lifts.js';
import { readMe } from '../reads/me.js';
import { accessVersion, readHypothesis, resolveCaller } from '../reads/resolve-caller.js';
import { readSources } from '../reads/sources.js';

const named = (types: readonly ConstraintType[]) => types.map(inCapitals);

export const Query: RootResolvers<QueryResolvers> = {
  me: (_root, _args, context) => readMe(context),
  systemRoles: () =>
    publishedRoles().map(({ uri, name, compulsory, optional }) => ({
      uri,
      name,
      compulsory: named(compulsory),
      optional: named(optional),
    })),
  governedItems: (_root, { kind, ...page }, context) => readItems(context, kind, page),
  awaitingApproval: (_root, page, context) => readAwaiting(context, page),
  governedItem: (_root, { kind, key }, context) => readItem(context, kind, key),
  settingsInForce: (_root, _args, context) => readSettingsInForce(context),
  lifts: (_root, { awaitingReview, ...page }, context) => readLifts(context, awaitingReview, page),
  kleBranches: (_root, { under }, context) => readKleBranches(context, under ?? null),
  organisationUnits: (_root, _args, context) => readUnits(context),
  colleagues: (_root, { ids = null }, context) => readColleagues(context, ids),
  sources: (_root, _args, context) => readSources(context),
  resolveCaller: (_root, args, context) => resolveCaller(context, args),
  accessVersion: (_root, { cvr }, context) => accessVersion(context, cvr),
  authenticateSystem: (_root, { assertion, audience }, context) =>
    authenticateSystem(context, assertion, audience),
  deliveringSystem: (_root, { id }, context) => deliveringSystem(context, id),
  hypothesis: (_root, args, context) => readHypothesis(context, args),
};
