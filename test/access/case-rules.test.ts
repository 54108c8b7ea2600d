import { describe, expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import { grantsOf, type Agreement, type Grant } from '../../subgraphs/shared/policy/grants.js';
import { compileRecordAccess } from '../../subgraphs/shared/policy/record-access.js';
import { profileEntries } from '../../subgraphs/shared/policy/mark-rules.js';
import { explain } from '../../subgraphs/shared/policy/explain.js';
import { anyOf } from '../../subgraphs/shared/policy/store-filter.js';
import { OTHER, OWN, agreement, caseFacts, grant, requester } from '../kit/access.js';

interface Sentence {
  readonly says: string;
  readonly facts?: Partial<AccessFacts>;
  readonly grants?: readonly Grant[];
  readonly agreements?: readonly Agreement[];
  readonly who?: Partial<Requester>;
  /** Undefined: permitted. */
  readonly refusedBy?: string;
}

/** Each line is a rule in words; `refusedBy` names the rule that must refuse. */
const SENTENCES: readonly Sentence[] = [
  { says: 'owner, KLE and sensitivity within grant and agreement: shown' },
  { says: 'no grant at all: refused', grants: [], refusedBy: 'NO_ROLE' },
  {
    says: 'a grant of another role gives nothing here',
    grants: [{ role: 'citizen-read', cvr: OWN }],
    refusedBy: 'NO_ROLE',
  },
  { says: 'no agreement with the source: refused', agreements: [], refusedBy: 'NO_AGREEMENT' },
  {
    says: 'an agreement with another source does not count',
    agreements: [agreement({ source: 'KY' })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement of another municipality does not count',
    agreements: [agreement({ cvr: OTHER })],
    refusedBy: 'NO_AGREEMENT',
  },
  { says: 'another municipality owns it: refused', facts: { ownerCvr: OTHER }, refusedBy: 'OTHER_OWNER' },
  { says: 'no owner known: refused', facts: { ownerCvr: null }, refusedBy: 'OTHER_OWNER' },
  {
    says: 'a delegated authority’s case: shown by a grant held in that authority',
    facts: { ownerCvr: OTHER },
    grants: [grant({ cvr: OTHER })],
    agreements: [agreement({ cvr: OTHER })],
  },
  {
    says: 'KLE outside the grant: refused',
    facts: { kle: '32.30.04' },
    grants: [grant({ kle: ['27.*'] })],
    refusedBy: 'KLE',
  },
  {
    says: 'KLE outside the agreement: refused',
    facts: { kle: '27.12.00' },
    grants: [grant({ kle: ['*'] })],
    refusedBy: 'AGREEMENT_KLE',
  },
  {
    says: 'no KLE known: refused, even with a star',
    facts: { kle: null },
    grants: [grant({ kle: ['*'] })],
    refusedBy: 'AGREEMENT_KLE',
  },
  { says: 'an explicit star covers every KLE number', grants: [grant({ kle: ['*'] })] },
  { says: 'a full number covers itself', grants: [grant({ kle: ['32.30.04'] })] },
  {
    says: 'a full number covers nothing beside itself',
    grants: [grant({ kle: ['32.30.08'] })],
    refusedBy: 'KLE',
  },
  { says: 'a group wildcard covers its topics', grants: [grant({ kle: ['32.30.*'] })] },
  { says: 'partial digits in the main group', grants: [grant({ kle: ['3*'] })] },
  { says: 'partial digits in the group', grants: [grant({ kle: ['32.3*'] })] },
  { says: 'partial digits in the topic', grants: [grant({ kle: ['32.30.0*'] })] },
  { says: 'partial digits elsewhere do not cover', grants: [grant({ kle: ['32.2*'] })], refusedBy: 'KLE' },
  { says: 'one of several KLE values is enough', grants: [grant({ kle: ['27.*', '32.30.*'] })] },
  {
    says: 'missing KLE constraint: the grant is void',
    grants: [{ role: 'case-read', cvr: OWN, sensitivity: 4 }],
    refusedBy: 'NO_ROLE',
  },
  { says: 'empty KLE constraint: the grant is void', grants: [grant({ kle: [] })], refusedBy: 'NO_ROLE' },
  {
    says: 'an invalid KLE value voids the grant',
    grants: [grant({ kle: ['32.30.04', '32..*'] })],
    refusedBy: 'NO_ROLE',
  },
  {
    says: 'missing sensitivity constraint: the grant is void',
    grants: [{ role: 'case-read', cvr: OWN, kle: ['*'] }],
    refusedBy: 'NO_ROLE',
  },
  { says: 'empty CVR: the grant is void', grants: [grant({ cvr: '' })], refusedBy: 'NO_ROLE' },
  { says: 'a right to a level includes the lower ones', facts: { sensitivity: 1 } },
  { says: 'a level above the right: refused', facts: { sensitivity: 3 }, refusedBy: 'SENSITIVITY' },
  {
    says: 'specially protected needs the highest level',
    facts: { sensitivity: 4 },
    grants: [grant({ sensitivity: 4 })],
  },
  {
    says: 'a level above the agreement: refused',
    facts: { sensitivity: 3 },
    grants: [grant({ sensitivity: 4 })],
    agreements: [agreement({ sensitivity: 2 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'no sensitivity known: refused',
    facts: { sensitivity: null },
    grants: [grant({ sensitivity: 4 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  { says: 'the responsible unit is among the grant’s units', grants: [grant({ units: ['unit-benefits'] })] },
  {
    says: 'another unit is responsible: refused',
    grants: [grant({ units: ['unit-family'] })],
    refusedBy: 'UNIT',
  },
  {
    says: 'no unit known and the grant is limited to units: refused',
    facts: { unit: null },
    grants: [grant({ units: ['unit-benefits'] })],
    refusedBy: 'UNIT',
  },
  { says: 'on the security profile by unit: shown', facts: { profile: ['unit-benefits'] } },
  { says: 'on the security profile by user: shown', facts: { profile: ['user-test'] } },
  { says: 'on the security profile by organisation: shown', facts: { profile: [OWN] } },
  {
    says: 'not on the security profile: refused',
    facts: { profile: ['somebody'] },
    refusedBy: 'SECURITY_PROFILE',
  },
  {
    says: 'the display class keeps it from caseworkers: refused',
    facts: { hiddenFrom: ['caseworker'] },
    refusedBy: 'DISPLAY_CLASS',
  },
  { says: 'the display class keeps it from citizens only: shown', facts: { hiddenFrom: ['citizen'] } },
  { says: 'facts that are being tightened: refused', facts: { stale: true }, refusedBy: 'FACTS_UNCERTAIN' },
  { says: 'holds from today: shown', facts: { validFrom: requester.today } },
  { says: 'holds from tomorrow: refused', facts: { validFrom: '2026-11-23' }, refusedBy: 'NOT_IN_FORCE' },
  { says: 'holds until today: refused', facts: { validTo: requester.today }, refusedBy: 'NOT_IN_FORCE' },
  { says: 'holds until tomorrow: shown', facts: { validTo: '2026-11-23' } },
  {
    says: 'of a person barred to the caller: refused',
    who: { barred: ['citizen-1'] },
    refusedBy: 'RELATED_PERSON',
  },
  {
    says: 'one of the parties barred to the caller: refused',
    facts: { parties: ['citizen-2', 'citizen-1'] },
    who: { barred: ['citizen-3', 'citizen-1'] },
    refusedBy: 'RELATED_PERSON',
  },
  { says: 'of another person than the barred one: shown', who: { barred: ['citizen-2'] } },
  { says: 'a source the grant is limited to: shown', grants: [grant({ systems: ['KSD'] })] },
  {
    says: 'a source outside the grant: refused',
    grants: [grant({ systems: ['KY'] })],
    agreements: [agreement(), agreement({ source: 'KY' })],
    refusedBy: 'SYSTEM',
  },
  {
    says: 'an agreement that delivers no cases: refused',
    agreements: [agreement({ kinds: ['documents'] })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'break-glass opens what the grant limits: area, level, unit and system',
    facts: { sensitivity: 4 },
    grants: [grant({ kle: ['27.*'], sensitivity: 1, units: ['unit-family'], systems: ['KY'] })],
    who: { lifted: ['citizen-1'] },
  },
  {
    says: 'the second of two sources with equal agreements',
    agreements: [agreement({ source: 'KY' }), agreement()],
  },
  {
    says: 'the first of two sources with equal agreements',
    agreements: [agreement(), agreement({ source: 'KY' })],
  },
  {
    says: 'unit by one grant and system by another: never mixed',
    grants: [grant({ systems: ['KY'] }), grant({ units: ['unit-family'], systems: ['KSD'] })],
    agreements: [agreement({ source: 'KY' }), agreement()],
    refusedBy: 'SYSTEM',
  },
  {
    says: 'its own by the agreement of a delegated authority: never mixed',
    facts: { source: 'KY' },
    grants: [grant(), grant({ cvr: OTHER })],
    agreements: [agreement(), agreement({ source: 'KY', cvr: OTHER })],
    refusedBy: 'OTHER_OWNER',
  },
  {
    says: 'its source by one agreement and its level by another: never mixed',
    facts: { source: 'KY' },
    grants: [grant({ sensitivity: 4 })],
    agreements: [agreement(), agreement({ source: 'KY', sensitivity: 1 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'system by a grant and another person by break-glass: never mixed',
    grants: [grant({ sensitivity: 4, systems: ['KY'] })],
    agreements: [agreement({ source: 'KY' }), agreement()],
    who: { lifted: ['citizen-2'] },
    refusedBy: 'SYSTEM',
  },
  {
    says: 'break-glass for one of several persons: shown',
    facts: { sensitivity: 4 },
    who: { lifted: ['citizen-2', 'citizen-1'] },
  },
  {
    says: 'break-glass for another person: refused',
    facts: { sensitivity: 4 },
    who: { lifted: ['citizen-2'] },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'break-glass never goes beyond the agreement',
    facts: { sensitivity: 4 },
    agreements: [agreement({ sensitivity: 3 })],
    who: { lifted: ['citizen-1'] },
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'break-glass never goes beyond the agreement’s area',
    facts: { kle: '27.12.00' },
    who: { lifted: ['citizen-1'] },
    refusedBy: 'AGREEMENT_KLE',
  },
  {
    says: 'break-glass never opens another authority’s',
    facts: { ownerCvr: OTHER, sensitivity: 4 },
    grants: [grant({ cvr: OTHER })],
    agreements: [agreement({ cvr: OTHER })],
    who: { lifted: ['citizen-1'] },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'break-glass never opens what is kept from caseworkers',
    facts: { hiddenFrom: ['caseworker'] },
    who: { lifted: ['citizen-1'] },
    refusedBy: 'DISPLAY_CLASS',
  },
  {
    says: 'constraints of two grants are never mixed',
    grants: [grant({ kle: ['32.*'], sensitivity: 1 }), grant({ kle: ['27.*'], sensitivity: 4 })],
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'the grant and the agreement of two sources are never mixed',
    facts: { source: 'KSD', sensitivity: 2 },
    agreements: [agreement({ sensitivity: 1 }), agreement({ source: 'KY', sensitivity: 4 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
];

describe('a case is shown or refused', () => {
  test.each(SENTENCES.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
    const facts = caseFacts(sentence.facts);
    const grants = grantsOf(sentence.grants ?? [grant()], ['case-read']);
    const agreements = sentence.agreements ?? [agreement()];
    const who = { ...requester, ...sentence.who };
    const delivering = agreements.filter(({ kinds }) => kinds.includes('cases'));
    const decision = explain(facts, grants, delivering, who);
    expect(decision.permit ? undefined : decision.rule.code).toBe(sentence.refusedBy);

    const access = compileRecordAccess(grants, agreements, 'cases', who);
    const permitted = sentence.refusedBy === undefined;
    expect(access.matches(facts)).toBe(permitted);
    assertSupportedFilter(access.filter('access.'));
    const document = { _id: 'x', access: facts };
    expect(new Query(access.filter('access.') as never).test(document)).toBe(permitted);
    const element = { _id: 'x', ties: [facts] };
    expect(new Query({ ties: { $elemMatch: access.filter('') } }).test(element)).toBe(permitted);
  });
});

/** Rules that hold whatever the grant. */
const CORE = new Set([
  'FACTS_UNCERTAIN',
  'NOT_IN_FORCE',
  'RELATED_PERSON',
  'NO_AGREEMENT',
  'OTHER_OWNER',
  'AGREEMENT_KLE',
  'AGREEMENT_SENSITIVITY',
  'SECURITY_PROFILE',
  'DISPLAY_CLASS',
]);

describe('break-glass', () => {
  const lifted = ['citizen-1', 'citizen-2'];
  const decide = ({ facts, grants = [grant()], agreements = [agreement()], who }: Sentence) => {
    const held = grantsOf(grants, ['case-read']);
    const delivering = agreements.filter(({ kinds }) => kinds.includes('cases'));
    const lifting = { ...requester, ...who, lifted };
    const decision = explain(caseFacts(facts), held, delivering, lifting);
    const access = compileRecordAccess(held, agreements, 'cases', lifting);
    expect(access.matches(caseFacts(facts))).toBe(decision.permit);
    return decision;
  };
  const core = SENTENCES.filter(({ refusedBy }) => refusedBy !== undefined && CORE.has(refusedBy));
  test.each(core.map((sentence) => [sentence.says, sentence] as const))(
    'lifts nothing here: %s',
    (_says, sentence) => {
      const decision = decide(sentence);
      expect(decision.permit ? undefined : decision.rule.code).toBe(sentence.refusedBy);
    },
  );
  test('meets each of the rules it may not lift', () => {
    expect(new Set(core.map(({ refusedBy }) => refusedBy))).toEqual(CORE);
  });
  test('is reported when it was needed, and not when it was not', () => {
    expect(decide({ says: '' })).toMatchObject({ permit: true, lifted: false });
    for (const narrow of [
      { kle: ['27.*'] },
      { sensitivity: 1 as const },
      { units: ['x'] },
      { systems: ['KY'] },
    ])
      expect(decide({ says: '', grants: [grant(narrow)] })).toMatchObject({ permit: true, lifted: true });
  });
});

test('who has no unit stands on no profile by one', () => {
  expect(profileEntries({ ...requester, unit: null })).toEqual([requester.subject, OWN]);
  expect(profileEntries(requester)).toEqual([requester.subject, OWN, requester.unit]);
});

test('what refuses where nothing is agreed is reported with the first right', () => {
  const grants = [grant({ from: 'first' }), grant({ from: 'second' })];
  expect(explain(caseFacts(), grants, [], requester)).toMatchObject({ grant: grants[0] });
});

test('without a right the store is asked for nothing that any record could be', () => {
  const { filter } = compileRecordAccess([], [agreement()], 'cases', requester);
  expect(['', 'access.'].map(filter)).toEqual([{ source: { $in: [] } }, { 'access.source': { $in: [] } }]);
  expect(anyOf([])).toEqual({ _id: { $in: [] } });
});
