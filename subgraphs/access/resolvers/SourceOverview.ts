import type { SourceOverviewResolvers } from '../../../schema/generated/access.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { sourceKey, sourceState } from '../../shared/sections/source-view.js';
import { overviewOf } from '../reads/sources.js';

export const SourceOverview: AllResolvers<SourceOverviewResolvers> & {
  __resolveReference: typeof sourceKey;
} = {
  __resolveReference: sourceKey,
  id: ({ id }) => id,
  name: ({ id }, _args, context) => overviewOf(context, id)?.name ?? null,
  takesNotes: ({ id }, _args, context) => overviewOf(context, id)?.takesNotes ?? null,
  organisation: (source, _args, context) => sourceState(context, source, 'organisation'),
  classification: (source, _args, context) => sourceState(context, source, 'classification'),
};
