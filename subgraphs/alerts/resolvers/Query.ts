import type { QueryResolvers } from '../../../schema/generated/alerts.js';
import { REGISTER_EVENTS } from '../../shared/records/register-events.js';
import type { RootResolvers } from '../../shared/runtime/resolver-types.js';
import { openInbox } from '../reads/inbox.js';
import { readGroups, readReminders, readSearches } from '../reads/own.js';

export const Query: RootResolvers<QueryResolvers> = {
  alertInbox: (_root, { filter }, context) => openInbox(context, filter ?? {}),
  alertGroups: (_root, _args, context) => readGroups(context),
  registerEvents: () =>
    Object.entries(REGISTER_EVENTS).map(([code, { da, en }]) => ({ code, textDa: da, textEn: en })),
  reminders: (_root, { dueBy }, context) => readReminders(context, dueBy ?? null),
  savedSearches: (_root, _args, context) => readSearches(context),
};
