import type { SourceOverviewResolvers } from '../../../schema/generated/cases.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { sourceKey, sourceState } from '../../shared/sections/source-view.js';

export const SourceOverview: AllResolvers<SourceOverviewResolvers> & {
  __resolveReference: typeof sourceKey;
} = {
  __resolveReference: sourceKey,
  id: ({ id }) => id,
  cases: (source, _args, context) => sourceState(context, source, 'cases'),
};
