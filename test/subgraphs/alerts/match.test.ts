import { expect, test } from '@jest/globals';
import { compileGroups } from '../../../subgraphs/alerts/matching/match.js';
import { ageOn } from '../../../subgraphs/shared/days/calendar.js';
import type { AlertGroupRecord } from '../../../subgraphs/alerts/source/records.js';
import type { IncomingEvent } from '../../../subgraphs/shared/records/events.js';

const group = (change: Partial<AlertGroupRecord> = {}): AlertGroupRecord => ({
  _id: 'g',
  cvr: '12345678',
  revision: 1,
  name: 'Gruppe',
  eventTypes: ['REGISTER_EVENT'],
  eventCodes: [],
  kle: ['*'],
  topic: '32.24.04',
  ageFrom: null,
  ageTo: null,
  relations: ['PERSON'],
  receivers: [{ kind: 'UNIT', id: 'u' }],
  validFrom: '2020-01-01',
  validTo: null,
  cleanUpDays: null,
  changedBy: 'x',
  ...change,
});
const person = (id: string, birthDate = '1980-06-15') => ({ id, key: id, birthDate });
const event = (change: Partial<IncomingEvent> = {}): IncomingEvent => ({
  messageId: 'm',
  source: 'CPR',
  cvr: '12345678',
  eventType: 'REGISTER_EVENT',
  eventCode: '005',
  kle: null,
  sensitivity: 2,
  title: 'Død',
  caseId: null,
  registeredAt: new Date(0),
  receivedAt: new Date(0),
  on: '2026-06-15',
  subjects: [person('self')],
  spouses: [person('spouse')],
  household: [person('lodger')],
  secondary: [{ person: person('client'), caseId: 'c1' }],
  ...change,
});
const matched = (given: Partial<AlertGroupRecord>, incoming: Partial<IncomingEvent> = {}) =>
  compileGroups([group(given)])(event(incoming)).map(({ concerned }) => concerned.person.id);

test.each<[string, Partial<AlertGroupRecord>, Partial<IncomingEvent>, string[]]>([
  ['the person it happened to', {}, {}, ['self']],
  ['the spouse', { relations: ['SPOUSE'] }, {}, ['spouse']],
  ['others at the address', { relations: ['SAME_ADDRESS'] }, {}, ['lodger']],
  ['the other side of a case', { relations: ['SECONDARY_PARTY'] }, {}, ['client']],
  ['several relations at once', { relations: ['PERSON', 'SPOUSE'] }, {}, ['self', 'spouse']],
  ['another type of event: nobody', { eventTypes: ['CASE_CLOSED'] }, {}, []],
  ['a code that is named', { eventCodes: ['004', '005'] }, {}, ['self']],
  ['a code that is not named: nobody', { eventCodes: ['004'] }, {}, []],
  ['an area that is covered', { kle: ['32.*'] }, { kle: '32.30.04' }, ['self']],
  ['an area that is not: nobody', { kle: ['27.*'] }, { kle: '32.30.04' }, []],
  ['no area of its own passes', { kle: ['27.*'] }, { kle: null }, ['self']],
  ['old enough today', { ageFrom: 46 }, {}, ['self']],
  ['one day too young: nobody', { ageFrom: 46 }, { on: '2026-06-14' }, []],
  ['not too old', { ageTo: 45 }, { on: '2026-06-14' }, ['self']],
  ['too old today: nobody', { ageTo: 45 }, {}, []],
  ['on its first day', { validFrom: '2026-06-15' }, {}, ['self']],
  ['before it: nobody', { validFrom: '2026-06-16' }, {}, []],
  ['on the day it no longer holds: nobody', { validTo: '2026-06-15' }, {}, []],
])('%s', (_words, given, incoming, ids) => {
  expect(matched(given, incoming)).toEqual(ids);
});

test('the case goes with whom it concerns: the event’s own, or the one through which it does', () => {
  const found = compileGroups([group({ relations: ['PERSON', 'SECONDARY_PARTY'] })])(
    event({ caseId: 'own' }),
  );
  expect(found.map(({ concerned }) => concerned.caseId)).toEqual(['own', 'c1']);
});

test('age is counted in whole years, also from a leap day', () => {
  expect(ageOn('2004-02-29', '2025-02-28')).toBe(20);
  expect(ageOn('2004-02-29', '2025-03-01')).toBe(21);
});
