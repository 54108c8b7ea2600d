import { expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import {
  compileControlCaseAccess,
  controlMode,
  type ControlCaseFacts,
} from '../../subgraphs/shared/policy/control-case-access.js';
import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';
import { OTHER, OWN, agreement, caseFacts, requester } from '../kit/access.js';

const TODAY = '2026-11-22';
const CONSENT = 'UDK-11A-CONSENT';
const CONTROL = 'UDK-11A-CONTROL';
const reader: Grant = { role: 'control-case-read', cvr: OWN };

interface Sentence {
  readonly says: string;
  readonly facts?: Partial<AccessFacts>;
  readonly record?: Partial<ControlCaseFacts>;
  readonly grants?: readonly Grant[];
  readonly agreements?: readonly Agreement[];
  readonly who?: Partial<Requester>;
  readonly purpose?: string | null;
  readonly shown: boolean;
}

const dropped = (droppedOn: string | null, state = 'CLOSED') => ({ state, droppedOn });
const SENTENCES: readonly Sentence[] = [
  { says: 'an active one, with consent', purpose: CONSENT, shown: true },
  { says: 'an active one, without consent', shown: true },
  { says: 'of another authority', facts: { ownerCvr: OTHER }, shown: true },
  { says: 'of an owner nobody knows', facts: { ownerCvr: null }, shown: false },
  { says: 'without a purpose', purpose: null, shown: false },
  { says: 'with a purpose of benefits', purpose: 'UDK-8-BENEFIT-CASE', shown: false },
  { says: 'with a purpose named like a member of every object', purpose: 'toString', shown: false },
  { says: 'without the right', grants: [], shown: false },
  {
    says: 'by a right to cases',
    grants: [{ role: 'case-read', cvr: OWN, kle: ['*'], sensitivity: 4 }],
    shown: false,
  },
  { says: 'a case without a theme', record: { controlThemes: [] }, shown: false },
  { says: 'closed and never dropped', record: dropped(null), shown: false },
  { says: 'dropped six months ago, without consent', record: dropped('2026-05-22'), shown: true },
  { says: 'dropped a day before', record: dropped('2026-05-21'), shown: false },
  {
    says: 'dropped lately, with consent: active ones alone',
    record: dropped(TODAY),
    purpose: CONSENT,
    shown: false,
  },
  { says: 'open again after it was dropped long ago', record: dropped('2020-01-01', 'OPEN'), shown: true },
  { says: 'without an agreement', agreements: [], shown: false },
  { says: 'an agreement with another source', agreements: [agreement({ source: 'KY' })], shown: false },
  { says: 'an agreement of another municipality', agreements: [agreement({ cvr: OTHER })], shown: false },
  {
    says: 'the right in one municipality and the agreement in another: never mixed',
    grants: [{ ...reader, cvr: OTHER }],
    shown: false,
  },
  {
    says: 'the right and the agreement of a delegated authority',
    grants: [{ ...reader, cvr: OTHER }],
    agreements: [agreement({ cvr: OTHER })],
    shown: true,
  },
  {
    says: 'an agreement that delivers documents alone',
    agreements: [agreement({ kinds: ['documents'] })],
    shown: false,
  },
  { says: 'an area outside the agreement', facts: { kle: '27.12.00' }, shown: false },
  {
    says: 'an area nobody knows',
    facts: { kle: null },
    agreements: [agreement({ kle: ['*'] })],
    shown: false,
  },
  { says: 'an agreement without areas', agreements: [agreement({ kle: [] })], shown: false },
  { says: 'at the level of the agreement', agreements: [agreement({ sensitivity: 2 })], shown: true },
  { says: 'above the level of the agreement', agreements: [agreement({ sensitivity: 1 })], shown: false },
  { says: 'at a level nobody knows', facts: { sensitivity: null }, shown: false },
  {
    says: 'area by one agreement and level by another: never mixed',
    agreements: [agreement({ sensitivity: 1 }), agreement({ kle: ['27.*'] })],
    shown: false,
  },
  {
    says: 'one of two agreements is enough',
    agreements: [agreement({ kle: ['27.*'] }), agreement()],
    shown: true,
  },
  { says: 'of somebody the caseworker is barred from', who: { barred: ['citizen-1'] }, shown: false },
  { says: 'kept from caseworkers', facts: { hiddenFrom: ['caseworker'] }, shown: false },
  { says: 'on a security profile without the caseworker', facts: { profile: ['somebody'] }, shown: false },
  { says: 'facts that are being tightened', facts: { stale: true }, shown: false },
];

test.each(SENTENCES.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
  const record: ControlCaseFacts = {
    access: caseFacts(sentence.facts),
    controlThemes: ['theme'],
    state: 'OPEN',
    droppedOn: null,
    ...sentence.record,
  };
  const { grants = [reader], agreements = [agreement()], purpose = CONTROL } = sentence;
  const who = { ...requester, ...sentence.who };
  const access = compileControlCaseAccess(grants, agreements, who, { purpose, today: TODAY });
  expect(access.matches(record)).toBe(sentence.shown);
  const stored = { _id: 'x', ...record, isControl: record.controlThemes.length > 0 };
  assertSupportedFilter(access.filter());
  expect(new Query(access.filter() as never).test(stored)).toBe(sentence.shown);
});

test('each purpose gives its own mode, and no other gives any', () => {
  expect([CONSENT, CONTROL, 'UDK-8-BENEFIT-CASE', '', null].map(controlMode)).toEqual([
    'CONSENT',
    'NO_CONSENT',
    null,
    null,
    null,
  ]);
});
