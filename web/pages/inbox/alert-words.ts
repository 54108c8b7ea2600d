import type { Words } from '../../text/text.js';
import type { InboxAlert } from './inbox-rows.js';

/** @returns what an alert is called: its title, else what set it off. */
export function titleOf(alert: InboxAlert, { word }: Words): string {
  return alert.title ?? word('event', alert.eventType);
}

/**
 * @param nameOf what a user is called to whoever reads
 * @returns how far an alert has been handled, and by whom
 */
export function progressOf(
  { state, assignee }: InboxAlert,
  { word }: Words,
  nameOf: (user: string) => string,
): string {
  return word('alert', state) + (assignee === null ? '' : ` (${nameOf(assignee)})`);
}

/** @returns the number and the title of what an alert is about. */
export const topicOf = ({ kle }: InboxAlert): string =>
  kle ? [kle.number, kle.title].filter((part) => part != null).join(' ') : '–';
