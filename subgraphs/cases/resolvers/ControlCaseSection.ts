import type { ControlCaseResolvers, ControlCaseSectionResolvers } from '../../../schema/generated/cases.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { droppedRecently, readControlCases } from '../reads/control-cases.js';

export const ControlCaseSection: AllResolvers<ControlCaseSectionResolvers> = {
  outcome: ({ outcome }) => outcome,
  sources: ({ sources }) => sources,
  reason: ({ reason }) => reason,
  controlCases: (section, _args, context) => readControlCases(context, section),
};

/** With the citizen's consent only that the case exists, and whose it is, may be shown. */
export const ControlCase: AllResolvers<ControlCaseResolvers> = {
  owner: ({ record }, _args, context) => context.references.authority(record.access.ownerCvr),
  themes: ({ record, mode }) => (mode === 'NO_CONSENT' ? record.controlThemes : null),
  state: ({ record, mode }) => (mode === 'NO_CONSENT' ? record.state : null),
  droppedRecently: (model, _args, context) =>
    model.mode === 'NO_CONSENT' ? droppedRecently(context, model) : null,
};
