import { ageOn } from '../../shared/days/calendar.js';
import { holdsOn } from '../../shared/days/period.js';
import { prefixesOf } from '../../shared/policy/grants.js';
import { kleTest } from '../../shared/policy/kle.js';
import type { IncomingEvent, PersonFacts } from '../../shared/records/events.js';
import type { AlertGroupRecord, AlertRelation } from '../source/records.js';

/** Somebody an event concerns, and how. */
export interface Concerned {
  readonly relation: AlertRelation;
  readonly person: PersonFacts;
  /** The case through which it concerns the person; null for none. */
  readonly caseId: string | null;
}

/** A group and whom it makes an alert about. */
export interface Match {
  readonly group: AlertGroupRecord;
  readonly concerned: Concerned;
}

/** Groups of one authority, ready to be asked. */
export type GroupMatcher = (event: IncomingEvent) => Match[];

/** Compiles groups once: by what sets them off, with their KLE patterns as a test. */
export function compileGroups(groups: readonly AlertGroupRecord[]): GroupMatcher {
  const compiled = groups.map((group) => ({ group, covers: kleTest(prefixesOf(group.kle)) }));
  const byType = new Map<string, typeof compiled>();
  for (const matcher of compiled)
    for (const type of matcher.group.eventTypes) byType.set(type, [...(byType.get(type) ?? []), matcher]);
  return (event) => {
    const concerned = concernedBy(event);
    return (byType.get(event.eventType) ?? []).flatMap(({ group, covers }) =>
      inForce(group, event) && hasCode(group, event) && (event.kle === null || covers(event.kle))
        ? concerned
            .filter((person) => wants(group, person, event))
            .map((person) => ({ group, concerned: person }))
        : [],
    );
  };
}

/** @returns everyone an event concerns, once in each relation. */
function concernedBy({ subjects, spouses, household, secondary, caseId }: IncomingEvent): Concerned[] {
  const as = (relation: AlertRelation) => (person: PersonFacts) => ({ relation, person, caseId });
  return [
    ...subjects.map(as('PERSON')),
    ...spouses.map(as('SPOUSE')),
    ...household.map(as('SAME_ADDRESS')),
    ...secondary.map(({ person, caseId: through }) => ({
      relation: 'SECONDARY_PARTY' as const,
      person,
      caseId: through,
    })),
  ];
}

function inForce({ validFrom, validTo }: AlertGroupRecord, { on }: IncomingEvent): boolean {
  return holdsOn({ from: validFrom, to: validTo }, on);
}

function hasCode({ eventCodes }: AlertGroupRecord, { eventCode }: IncomingEvent): boolean {
  return eventCodes.length === 0 || (eventCode !== null && eventCodes.includes(eventCode));
}

function wants(group: AlertGroupRecord, { relation, person }: Concerned, { on }: IncomingEvent): boolean {
  if (!group.relations.includes(relation)) return false;
  if (group.ageFrom === null && group.ageTo === null) return true;
  const age = ageOn(person.birthDate, on);
  return age >= (group.ageFrom ?? 0) && age <= (group.ageTo ?? Infinity);
}
