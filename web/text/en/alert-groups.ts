import type { alertGroups as da } from '../da/alert-groups.js';

/** The alert groups, in English. */
export const alertGroups: Readonly<Record<keyof typeof da, string>> = {
  alertGroupsIntro: 'Who is alerted to what. Alerts a group has made stay when the group ends.',
  newAlertGroup: 'New alert group',
  editNamed: 'Edit {name}',
  endNamed: 'End {name}',
  groupActs: 'Acts',
  groupRelations: 'Whom the event concerns',
  groupValid: 'In force',
  groupCodes: 'Register events ({count} chosen; none means all)',
  groupCodesHint: 'Register events',
  groupKle: 'The event’s KLE topic',
  groupTopic: 'The alert’s KLE topic',
  groupTopicHint: 'When the event has none of its own, such as 32.24.04.',
  groupAgeFrom: 'Age from',
  groupAgeTo: 'Age to',
  groupReceivers: 'Receivers',
  groupFrom: 'In force from',
  groupTo: 'In force until and with',
  groupCleanUp: 'Clean completed ones up after days',
  groupSave: 'Save the alert group',
  concerns_PERSON: 'the person',
  concerns_SPOUSE: 'the spouse',
  concerns_SECONDARY_PARTY: 'the other party of a case',
  concerns_SAME_ADDRESS: 'others at the address',
  groupUsers: 'Single users ({count} chosen)',
};
