import type {
  AlertChangeResolvers,
  AlertGroupResolvers,
  AlertInboxResolvers,
  ReminderResolvers,
  SavedSearchResolvers,
} from '../../../schema/generated/alerts.js';
import type { AllResolvers } from '../../shared/runtime/resolver-types.js';
import { countInbox, inboxGroups, readInbox } from '../reads/inbox.js';

export const AlertInbox: AllResolvers<AlertInboxResolvers> = {
  groups: (inbox, _args, context) => inboxGroups(context, inbox),
  counts: (inbox, _args, context) => countInbox(context, inbox),
  alerts: (inbox, args, context) => readInbox(context, inbox, args),
};

export const AlertChange: AllResolvers<AlertChangeResolvers> = {
  id: ({ id }) => id,
  done: ({ done }) => done,
  reason: ({ reason }) => reason,
  alert: ({ alert }) => alert,
};

export const AlertGroup: AllResolvers<AlertGroupResolvers> = {
  id: ({ _id }) => _id,
  revision: ({ revision }) => revision,
  name: ({ name }) => name,
  eventTypes: ({ eventTypes }) => eventTypes,
  eventCodes: ({ eventCodes }) => eventCodes,
  kle: ({ kle }) => kle,
  topic: ({ topic }, _args, context) => context.references.kle(topic),
  ageFrom: ({ ageFrom }) => ageFrom,
  ageTo: ({ ageTo }) => ageTo,
  relations: ({ relations }) => relations,
  receivers: ({ receivers }) => receivers,
  validFrom: ({ validFrom }) => validFrom,
  validTo: ({ validTo }) => validTo,
  cleanUpDays: ({ cleanUpDays }) => cleanUpDays,
};

export const Reminder: AllResolvers<ReminderResolvers> = {
  id: ({ _id }) => _id,
  title: ({ title }) => title,
  dueOn: ({ dueOn }) => dueOn,
  citizen: ({ citizenId }) => (citizenId === null ? null : { id: citizenId }),
  alert: ({ alertId }, _args, context) => (alertId === null ? null : context.referred.load(alertId)),
  done: ({ done }) => done,
};

export const SavedSearch: AllResolvers<SavedSearchResolvers> = {
  id: ({ _id }) => _id,
  name: ({ name }) => name,
  shared: ({ shared }) => shared,
  own: ({ subject }, _args, context) => subject === context.claims.caller.subject,
  states: ({ states }) => states,
  eventTypes: ({ eventTypes }) => eventTypes,
  groupId: ({ groupId }) => groupId,
  kle: ({ kle }) => kle,
};
