import type { MutationResolvers } from '../../../schema/generated/alerts.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { endAlertGroup, saveAlertGroup } from '../changes/groups.js';
import { assignAlerts, completeAlerts, giveAlertsBack, takeAlerts } from '../changes/handling.js';
import { completeReminder, createReminder, forgetSearch, saveSearch } from '../changes/own.js';

export const Mutation: AllResolvers<MutationResolvers> = {
  takeAlerts: (_root, { ids }, context) => takeAlerts(context, ids),
  giveAlertsBack: (_root, { ids }, context) => giveAlertsBack(context, ids),
  assignAlerts: (_root, { ids, to }, context) => assignAlerts(context, ids, to),
  completeAlerts: (_root, { ids }, context) => completeAlerts(context, ids),
  saveAlertGroup: (_root, { input }, context) => saveAlertGroup(context, input),
  endAlertGroup: (_root, { id }, context) => endAlertGroup(context, id),
  createReminder: (_root, { input }, context) => createReminder(context, input),
  completeReminder: (_root, { id }, context) => completeReminder(context, id),
  saveSearch: (_root, { input }, context) => saveSearch(context, input),
  forgetSearch: (_root, { id }, context) => forgetSearch(context, id),
};
