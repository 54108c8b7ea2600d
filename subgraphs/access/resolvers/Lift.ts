import type { LiftResolvers } from '../../../schema/generated/access.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { forReviewer } from '../reads/lifts.js';

export const Lift: AllResolvers<LiftResolvers> = {
  id: ({ _id }) => _id,
  user: (lift, _args, context) => forReviewer(context, lift.subject),
  unit: async (lift, _args, context) => forReviewer(context, await context.references.unit(lift.unit)),
  citizenId: (lift, _args, context) => forReviewer(context, lift.citizenId),
  reason: (lift, _args, context) => forReviewer(context, lift.reason),
  from: ({ from }) => from,
  until: ({ to }) => to,
  reviewBy: ({ reviewBy }) => reviewBy,
  verdict: ({ review }) => review?.verdict ?? null,
  reviewedBy: (lift, _args, context) => forReviewer(context, lift.review?.by ?? null),
  note: (lift, _args, context) => forReviewer(context, lift.review?.note ?? null),
};
