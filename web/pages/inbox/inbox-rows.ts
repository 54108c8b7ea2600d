import type { AlertInboxQuery } from '../../generated/operations.js';

type Inbox = NonNullable<AlertInboxQuery['alertInbox']>;
/** An alert as the inbox lists it. */
export type InboxAlert = NonNullable<Inbox['alerts']>['edges'][number]['node'];
/** A group of alerts with its count, to filter by. */
export type InboxGroup = NonNullable<Inbox['groups']>[number];
