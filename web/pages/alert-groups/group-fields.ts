import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { firstDayAfter, lastDayBefore } from '../../../subgraphs/shared/days/period.js';
import type { AlertGroupInput, AlertReceiverKind, AlertRelation } from '../../generated/operations.js';
import type { Group } from './group.js';

/** An alert group as it is edited. */
export interface GroupFields {
  readonly name: string;
  readonly eventTypes: NonNullable<Group['eventTypes']>;
  readonly eventCodes: readonly string[];
  readonly kle: readonly string[];
  readonly topic: string;
  readonly relations: readonly AlertRelation[];
  /** Kind and id with a colon between. */
  readonly receivers: readonly string[];
  readonly validFrom: string;
  readonly lastDay: string;
  readonly ageFrom: string;
  readonly ageTo: string;
  readonly cleanUpDays: string;
}

/** What a new group begins with: every area, the person, from today. */
const newGroup = (): GroupFields => ({
  name: '',
  eventTypes: [],
  eventCodes: [],
  kle: ['*'],
  topic: '',
  relations: ['PERSON'],
  receivers: [],
  validFrom: danishDay(new Date()),
  lastDay: '',
  ageFrom: '',
  ageTo: '',
  cleanUpDays: '',
});

/** @returns what a group's editor begins with; null is a new one. */
export function groupFields(group: Group | null): GroupFields {
  if (group === null) return newGroup();
  return {
    ...listsOf(group),
    name: group.name ?? '',
    topic: group.topic?.number ?? '',
    validFrom: group.validFrom ?? '',
    lastDay: lastDayBefore(group.validTo) ?? '',
    ageFrom: textOf(group.ageFrom),
    ageTo: textOf(group.ageTo),
    cleanUpDays: textOf(group.cleanUpDays),
  };
}

function listsOf({ eventTypes, eventCodes, kle, relations, receivers }: Group) {
  return {
    eventTypes: eventTypes ?? [],
    eventCodes: eventCodes ?? [],
    kle: kle ?? [],
    relations: relations ?? [],
    receivers: (receivers ?? []).map(({ kind, id }) => `${kind}:${id}`),
  };
}

/**
 * @param revision the one that was read; 0 for a new group
 * @returns a group as it is sent
 */
export function groupInput(id: string | null, revision: number, fields: GroupFields): AlertGroupInput {
  const { lastDay, ...others } = fields;
  return {
    ...others,
    id,
    revision,
    ageFrom: numberOf(fields.ageFrom),
    ageTo: numberOf(fields.ageTo),
    cleanUpDays: numberOf(fields.cleanUpDays),
    validTo: lastDay === '' ? null : firstDayAfter(lastDay),
    receivers: fields.receivers.map((receiver) => ({
      // cast: the options of the field begin with their kind
      kind: receiver.slice(0, receiver.indexOf(':')) as AlertReceiverKind,
      id: receiver.slice(receiver.indexOf(':') + 1),
    })),
  };
}

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const textOf = (number: number | null | undefined): string => (number == null ? '' : String(number));
