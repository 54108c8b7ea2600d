import { compileGroups } from '../../subgraphs/alerts/matching/match.js';
import type { AlertGroupRecord } from '../../subgraphs/alerts/source/records.js';
import { REGISTER_EVENTS } from '../../subgraphs/shared/records/register-events.js';
import type { IncomingEvent } from '../../subgraphs/shared/records/events.js';

export interface MatchingMeasured {
  readonly groups: number;
  readonly compileMs: number;
  readonly messageMs: number;
  readonly matches: number;
}

const GROUPS = 2000;
const ROUNDS = 2000;

/** Matching of one message about a family of five against 2,000 groups, which are compiled once. */
export function measureMatching(): MatchingMeasured {
  const codes = Object.keys(REGISTER_EVENTS);
  const groups = Array.from({ length: GROUPS }, (_, i) => groupOf(i, codes));
  const begun = performance.now();
  const match = compileGroups(groups);
  const compileMs = performance.now() - begun;
  const started = performance.now();
  let matches = 0;
  for (let i = 0; i < ROUNDS; i++) matches += match(eventOf(codes[i % codes.length]!)).length;
  return {
    groups: GROUPS,
    compileMs,
    messageMs: (performance.now() - started) / ROUNDS,
    matches: matches / ROUNDS,
  };
}

function groupOf(i: number, codes: readonly string[]): AlertGroupRecord {
  return {
    _id: String(i),
    cvr: '12345678',
    revision: 1,
    name: `Gruppe ${i}`,
    eventTypes: i % 3 === 0 ? ['REGISTER_EVENT', 'CASE_ARISEN'] : ['REGISTER_EVENT'],
    eventCodes: i % 5 === 0 ? [] : [codes[i % codes.length]!, codes[(i + 7) % codes.length]!],
    kle: i % 2 === 0 ? ['*'] : ['32.*', '27.12.*'],
    topic: '32.24.04',
    ageFrom: i % 4 === 0 ? 18 : null,
    ageTo: i % 4 === 0 ? 66 : null,
    relations: i % 3 === 0 ? ['PERSON', 'SPOUSE'] : ['PERSON', 'SAME_ADDRESS'],
    receivers: [{ kind: 'UNIT', id: 'unit' }],
    validFrom: '2020-01-01',
    validTo: null,
    cleanUpDays: null,
    changedBy: 'bench',
  };
}

function eventOf(eventCode: string): IncomingEvent {
  const person = (i: number) => ({ id: String(i), key: '', birthDate: `19${50 + i * 12}-01-01` });
  return {
    messageId: 'm',
    source: 'CPR',
    cvr: '12345678',
    eventType: 'REGISTER_EVENT',
    eventCode,
    kle: null,
    sensitivity: 2,
    title: 'x',
    caseId: null,
    registeredAt: new Date(),
    receivedAt: new Date(),
    on: '2026-11-22',
    subjects: [person(0)],
    spouses: [person(1)],
    household: [person(2), person(3), person(4)],
    secondary: [],
  };
}
