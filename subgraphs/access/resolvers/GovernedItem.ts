import type { GovernedItemResolvers } from '../../../schema/generated/access.js';
import { inCapitals } from '../../shared/names/known-names.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { currentVersion, presentDraft, presentProposal, presentVersion } from '../reads/governed.js';

export const GovernedItem: AllResolvers<GovernedItemResolvers> = {
  kind: ({ kind }) => inCapitals(kind),
  key: ({ key }) => key,
  revision: ({ revision }) => revision,
  current: (item, _args, context) => currentVersion(item, context.now()),
  draft: ({ draft, cvr }) => draft && presentDraft(draft, cvr),
  proposal: ({ proposal, cvr }) => proposal && presentProposal(proposal, cvr),
  versions: (item, _args, context) =>
    [...item.versions].reverse().map((version) => presentVersion(item, version, context.now())),
};
