import type { AlertInboxQuery } from '../../generated/operations.js';

type Inbox = NonNullable<AlertInboxQuery['alertInbox']>;
/** An alert as the inbox lists it. */
export type InboxAlert = NonNullable<Inbox['alerts']>['edges'][number]['node'];
/** A group of alerts with its count, to filter by. */
export type InboxGroup = NonNullable<Inbox['groups']>[number];

/** What the answer counts exactly; one more means more than that. */
export const MOST_COUNTED = 500;
const MOST_COUNTED_IN_GROUP = 50;

/** @returns a group's count in words: beyond what is counted exactly, `50+`. */
export function groupCount(count: number): string {
  return count > MOST_COUNTED_IN_GROUP ? `${MOST_COUNTED_IN_GROUP}+` : String(count);
}
