import type { SourceOverviewResolvers } from '../../../schema/generated/citizens.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { sourceKey, sourceState } from '../../shared/sections/source-view.js';

export const SourceOverview: AllResolvers<SourceOverviewResolvers> & {
  __resolveReference: typeof sourceKey;
} = {
  __resolveReference: sourceKey,
  id: ({ id }) => id,
  persons: (source, _args, context) => sourceState(context, source, 'persons'),
  companies: (source, _args, context) => sourceState(context, source, 'companies'),
};
