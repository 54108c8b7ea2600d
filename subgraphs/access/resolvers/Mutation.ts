import type { MutationResolvers } from '../../../schema/generated/access.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { draftAgreement, draftJump, draftMapping, draftSettings } from '../changes/drafts.js';
import { breakGlass, reviewLift } from '../changes/lifts.js';
import { previewChange, previewProposal } from '../changes/preview.js';
import { endSessionsOf } from '../changes/sessions.js';
import { simulateSignIn } from '../changes/simulate-sign-in.js';
import {
  approveChange,
  endAgreementNow,
  proposeChange,
  rejectChange,
  undoChange,
  withdrawChange,
} from '../changes/steps.js';

export const Mutation: AllResolvers<MutationResolvers> = {
  draftMapping: (_root, { input }, context) => draftMapping(context, input),
  draftAgreement: (_root, { input }, context) => draftAgreement(context, input),
  draftSettings: (_root, { input }, context) => draftSettings(context, input),
  draftJump: (_root, { input }, context) => draftJump(context, input),
  endSessionsOf: (_root, { subject }, context) => endSessionsOf(context, subject),
  previewChange: (_root, { target, citizenIds }, context) => previewChange(context, target, citizenIds),
  previewProposal: (_root, { target }, context) => previewProposal(context, target),
  proposeChange: (_root, { target }, context) => proposeChange(context, target),
  withdrawChange: (_root, { target }, context) => withdrawChange(context, target),
  approveChange: (_root, { target, digest, activeFrom }, context) =>
    approveChange(context, target, digest, activeFrom ?? null),
  rejectChange: (_root, { target, why }, context) => rejectChange(context, target, why),
  undoChange: (_root, { target, why }, context) => undoChange(context, target, why),
  endAgreement: (_root, { target, why }, context) => endAgreementNow(context, target, why),
  simulateSignIn: (_root, { input }, context) => simulateSignIn(context, input),
  breakGlass: (_root, { citizenId, reason }, context) => breakGlass(context, citizenId, reason),
  reviewLift: (_root, { id, verdict, note }, context) => reviewLift(context, id, verdict, note),
};
