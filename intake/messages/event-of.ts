import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import type { EventType } from '../../subgraphs/shared/records/events.js';
import { MESSAGE_TYPES, type MessageType } from '../../subgraphs/shared/records/message-types.js';
import type { Envelope } from './envelope.js';

/** What an envelope tells, as alert groups are asked about it. */
export interface EventFacts {
  readonly eventType: EventType;
  readonly eventCode: string | null;
  readonly title: string;
}

/** States of cases and grants that make an alert, as senders write them in Danish or English (docs/field.md, Messages and alerts). */
const STATES: ReadonlyMap<string, ReadonlyMap<string, readonly [EventType, string]>> = new Map([
  [
    'CASE',
    new Map<string, readonly [EventType, string]>([
      ['opstaaet', ['CASE_ARISEN', 'Ny sag']],
      ['opstået', ['CASE_ARISEN', 'Ny sag']],
      ['arisen', ['CASE_ARISEN', 'Ny sag']],
      ['afsluttet', ['CASE_CLOSED', 'Sag afsluttet']],
      ['closed', ['CASE_CLOSED', 'Sag afsluttet']],
    ]),
  ],
  [
    'GRANT',
    new Map<string, readonly [EventType, string]>([
      ['aktiv', ['GRANT_ACTIVE', 'Bevilling aktiv']],
      ['active', ['GRANT_ACTIVE', 'Bevilling aktiv']],
      ['passiv', ['GRANT_PASSIVE', 'Bevilling passiv']],
      ['passive', ['GRANT_PASSIVE', 'Bevilling passiv']],
    ]),
  ],
]);

/** @returns the type an envelope's UUID stands for. */
export function typeOf({ filterData }: Envelope): MessageType {
  return MESSAGE_TYPES[filterData.messageType];
}

/** @returns what an envelope tells; undefined for an action nobody is alerted to. */
export function eventOf(
  envelope: Envelope,
  registerEvents: Readonly<Record<string, { readonly da: string }>>,
): EventFacts | undefined {
  const { action } = envelope.filterData.objectRegistration;
  const type = typeOf(envelope);
  if (type === 'PERSON') {
    const known = ownValue(registerEvents, action);
    return known && { eventType: 'REGISTER_EVENT', eventCode: action, title: known.da };
  }
  if (type === 'GENERAL')
    return { eventType: 'GENERAL', eventCode: null, title: envelope.body.title ?? 'Besked fra fagsystem' };
  const state = STATES.get(type)?.get(action.toLowerCase());
  return state && { eventType: state[0], eventCode: null, title: state[1] };
}
