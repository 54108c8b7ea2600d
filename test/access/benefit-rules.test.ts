import { describe, expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import {
  compileBenefitAccess,
  type BenefitLineFacts,
  type PaymentLineFacts,
} from '../../subgraphs/shared/policy/benefit-access.js';
import { explainBenefit } from '../../subgraphs/shared/policy/benefit-explanation.js';
import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';
import { OTHER, OWN, UDK, agreement, caseFacts, grant, requester } from '../kit/access.js';

const TODAY = '2026-11-22';
const SINCE = '2026-08-22';
const PURPOSE = 'UDK-8-BENEFIT-CASE';
const own = (change: Partial<Grant> = {}): Grant => ({
  role: 'benefit-read',
  cvr: OWN,
  kle: ['32.*'],
  sensitivity: 2,
  ...change,
});
const cross = (change: Partial<Grant> = {}): Grant => ({
  role: 'benefit-cross-authority',
  cvr: OWN,
  kle: ['32.*'],
  ...change,
});
const benefit = (change: Partial<BenefitLineFacts> = {}): BenefitLineFacts => ({
  kle: '32.30.04',
  endsOn: null,
  ...change,
});
const payment = (change: Partial<PaymentLineFacts> = {}): PaymentLineFacts => ({
  ownerCvr: OWN,
  kle: '32.30.04',
  disposalDate: TODAY,
  ...change,
});

interface Sentence {
  readonly says: string;
  readonly facts?: Partial<AccessFacts>;
  readonly benefits?: readonly BenefitLineFacts[];
  readonly payments?: readonly PaymentLineFacts[];
  readonly grants?: readonly Grant[];
  readonly agreements?: readonly Agreement[];
  readonly who?: Partial<Requester>;
  readonly purpose?: string | null;
  /** Undefined: permitted. */
  readonly refusedBy?: string;
}

/** The own municipality's benefits: one granted benefit and one payment in sickness benefit. */
const OWN_BENEFITS: readonly Sentence[] = [
  { says: 'owner, area and level within grant and agreement: shown' },
  { says: 'of a barred person', who: { barred: ['citizen-1'] }, refusedBy: 'RELATED_PERSON' },
  { says: 'of another person than the barred one', who: { barred: ['citizen-2'] } },
  {
    says: 'on a security profile with the unit of the caller',
    facts: { profile: ['somebody', 'unit-benefits'] },
  },
  {
    says: 'on a security profile without the caller',
    facts: { profile: ['somebody'] },
    refusedBy: 'SECURITY_PROFILE',
  },
  {
    says: 'another authority’s, where one agreement comes further than another',
    facts: { ownerCvr: OTHER },
    agreements: [agreement({ source: 'KY' }), agreement()],
    refusedBy: 'OTHER_OWNER',
  },
  {
    says: 'a level above the agreement that comes furthest',
    agreements: [agreement({ source: 'KY' }), agreement({ sensitivity: 1 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'no payment, by the agreement that comes furthest',
    payments: [],
    agreements: [agreement({ source: 'KY' }), agreement()],
    grants: [own({ systems: ['KSD'] })],
    refusedBy: 'NO_VISIBLE_PAYMENT',
  },
  { says: 'kept from caseworkers', facts: { hiddenFrom: ['caseworker'] }, refusedBy: 'DISPLAY_CLASS' },
  { says: 'with facts that are being tightened', facts: { stale: true }, refusedBy: 'FACTS_UNCERTAIN' },
  { says: 'a level above the right', facts: { sensitivity: 3 }, refusedBy: 'SENSITIVITY' },
  {
    says: 'a level above the agreement',
    agreements: [agreement({ sensitivity: 1 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  { says: 'a level nobody knows', facts: { sensitivity: null }, refusedBy: 'AGREEMENT_SENSITIVITY' },
  { says: 'an owner nobody knows', facts: { ownerCvr: null }, refusedBy: 'OTHER_OWNER' },
  {
    says: 'an owner nobody knows, its payments without one too',
    facts: { ownerCvr: null },
    payments: [payment({ ownerCvr: null })],
    refusedBy: 'OTHER_OWNER',
  },
  {
    says: 'another authority’s, whatever its payments say',
    facts: { ownerCvr: OTHER },
    payments: [payment({ ownerCvr: OTHER })],
    refusedBy: 'OTHER_OWNER',
  },
  {
    says: 'an agreement of another municipality',
    agreements: [agreement({ cvr: OTHER })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement with another source',
    agreements: [agreement({ source: 'KY' })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement that delivers cases alone',
    agreements: [agreement({ kinds: ['cases'] })],
    refusedBy: 'NO_AGREEMENT',
  },
  { says: 'no agreement', agreements: [], refusedBy: 'NO_AGREEMENT' },
  { says: 'no right at all', grants: [], refusedBy: 'NO_ROLE' },
  { says: 'a right to cases alone', grants: [grant()], refusedBy: 'NO_ROLE' },
  {
    says: 'an agreement about other authorities’ benefits opens no own ones',
    agreements: [agreement({ crossAuthority: true })],
    refusedBy: 'OTHER_OWNER',
  },
  { says: 'a right to another system', grants: [own({ systems: ['KY'] })], refusedBy: 'SYSTEM' },
  {
    says: 'a right to another system, which comes further than one of a lower level',
    grants: [own({ sensitivity: 1 }), own({ systems: ['KY'] })],
    refusedBy: 'SYSTEM',
  },
  {
    says: 'one of two rights over the same area that is of this level and authority',
    grants: [own(), own({ sensitivity: 1 }), own({ cvr: OTHER })],
    agreements: [agreement(), agreement({ cvr: OTHER })],
  },
  { says: 'a right to this system', grants: [own({ systems: ['KSD'] })] },
  {
    says: 'no benefit within the area',
    benefits: [benefit({ kle: '27.12.00' })],
    refusedBy: 'NO_VISIBLE_BENEFIT',
  },
  { says: 'no benefit at all', benefits: [], refusedBy: 'NO_VISIBLE_BENEFIT' },
  {
    says: 'one benefit within the area and one outside',
    benefits: [benefit({ kle: '27.12.00' }), benefit()],
  },
  {
    says: 'no payment within the area',
    payments: [payment({ kle: '27.12.00' })],
    refusedBy: 'NO_VISIBLE_PAYMENT',
  },
  { says: 'no payment at all', payments: [], refusedBy: 'NO_VISIBLE_PAYMENT' },
  {
    says: 'payments of another owner alone',
    payments: [payment({ ownerCvr: OTHER })],
    refusedBy: 'NO_VISIBLE_PAYMENT',
  },
  {
    says: 'one payment within the area and one outside',
    payments: [payment({ kle: '27.12.00' }), payment()],
  },
  {
    says: 'paid and ended long ago',
    benefits: [benefit({ endsOn: '1999-01-01' })],
    payments: [payment({ disposalDate: '1999-01-01' })],
  },
  {
    says: 'the benefit by one grant and the payment by another: never mixed',
    payments: [payment({ kle: '27.12.00' })],
    grants: [own(), own({ kle: ['27.*'] })],
    agreements: [agreement({ kle: ['*'] })],
    refusedBy: 'NO_VISIBLE_PAYMENT',
  },
];

const outside = own({ kle: ['27.*'], sensitivity: 1, systems: ['KY'] });
const LIFTED: readonly Sentence[] = [
  {
    says: 'opens what the role limits: area, level and system',
    grants: [outside],
    who: { lifted: ['citizen-1'] },
  },
  { says: 'nothing without it', grants: [outside], refusedBy: 'SENSITIVITY' },
  {
    says: 'for that person alone',
    grants: [outside],
    who: { lifted: ['citizen-2'] },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'never beyond the agreement',
    grants: [outside],
    agreements: [agreement({ sensitivity: 1 })],
    who: { lifted: ['citizen-1'] },
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'for one of several persons',
    grants: [outside],
    who: { lifted: ['citizen-2', 'citizen-1'] },
  },
  {
    says: 'never by a right and an agreement of another authority',
    grants: [{ ...outside, cvr: OTHER }],
    agreements: [agreement({ cvr: OTHER })],
    who: { lifted: ['citizen-1'] },
    refusedBy: 'OTHER_OWNER',
  },
  {
    says: 'never in an authority that is not the caller’s own',
    facts: { ownerCvr: OTHER },
    payments: [payment({ ownerCvr: OTHER })],
    grants: [{ ...outside, cvr: OTHER }],
    agreements: [agreement({ cvr: OTHER })],
    who: { lifted: ['citizen-1'] },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'never other authorities’ benefits',
    facts: { ownerCvr: UDK, sensitivity: 4 },
    payments: [payment({ ownerCvr: UDK })],
    grants: [cross()],
    purpose: PURPOSE,
    who: { lifted: ['citizen-1'] },
    refusedBy: 'SENSITIVITY',
  },
];

const foreign = {
  facts: { ownerCvr: UDK },
  payments: [payment({ ownerCvr: UDK })],
  grants: [cross()],
  purpose: PURPOSE,
};
const OTHERS_BENEFITS: readonly Sentence[] = [
  { ...foreign, says: 'with a purpose: shown' },
  { ...foreign, says: 'with the other purpose of the act: shown', purpose: 'UDK-6-7-FACTS' },
  { ...foreign, says: 'without a purpose', purpose: null, refusedBy: 'PURPOSE_REQUIRED' },
  {
    ...foreign,
    says: 'with a purpose of control cases',
    purpose: 'UDK-11A-CONTROL',
    refusedBy: 'PURPOSE_REQUIRED',
  },
  { ...foreign, says: 'sensitive: shown', facts: { ownerCvr: UDK, sensitivity: 3 } },
  {
    ...foreign,
    says: 'specially protected, whatever the agreement says',
    facts: { ownerCvr: UDK, sensitivity: 4 },
    refusedBy: 'SENSITIVITY',
  },
  {
    ...foreign,
    says: 'a level above the agreement',
    agreements: [agreement({ sensitivity: 1 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    ...foreign,
    says: 'the own municipality’s by this right',
    facts: {},
    payments: [payment()],
    refusedBy: 'OTHER_OWNER',
  },
  {
    ...foreign,
    says: 'an agreement of another municipality',
    agreements: [agreement({ cvr: OTHER })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    ...foreign,
    says: 'an agreement that delivers cases alone',
    agreements: [agreement({ kinds: ['cases'] })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    ...foreign,
    says: 'an owner nobody knows, its payments without one too',
    facts: { ownerCvr: null },
    payments: [payment({ ownerCvr: null })],
    refusedBy: 'OTHER_OWNER',
  },
  {
    ...foreign,
    says: 'paid on the first day of the last three months: shown',
    payments: [payment({ ownerCvr: UDK, disposalDate: SINCE })],
  },
  {
    ...foreign,
    says: 'paid the day before',
    payments: [payment({ ownerCvr: UDK, disposalDate: '2026-08-21' })],
    refusedBy: 'NO_VISIBLE_PAYMENT',
  },
  {
    ...foreign,
    says: 'ended before the last three months began',
    benefits: [benefit({ endsOn: SINCE })],
    refusedBy: 'NO_VISIBLE_BENEFIT',
  },
  { ...foreign, says: 'ended on their first day: shown', benefits: [benefit({ endsOn: '2026-08-23' })] },
];

function decide({ says: _says, refusedBy: _refusedBy, ...sentence }: Sentence) {
  const record = {
    access: caseFacts({ kle: null, ...sentence.facts }),
    benefits: sentence.benefits ?? [benefit()],
    paymentFacts: sentence.payments ?? [payment()],
    caseFacts: null,
  };
  const rights = [
    sentence.grants ?? [own()],
    sentence.agreements ?? [agreement()],
    { ...requester, ...sentence.who },
    { purpose: sentence.purpose ?? null, today: TODAY },
  ] as const;
  return { record, access: compileBenefitAccess(...rights), decision: explainBenefit(record, ...rights) };
}

describe.each([
  ['the own municipality’s benefits', OWN_BENEFITS],
  ['break-glass', LIFTED],
  ['other authorities’ benefits', OTHERS_BENEFITS],
])('%s', (_what, sentences) => {
  test.each(sentences.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
    const { record, access, decision } = decide(sentence);
    expect(decision.permit ? undefined : decision.rule.code).toBe(sentence.refusedBy);
    const permitted = sentence.refusedBy === undefined;
    expect(access.matches(record)).toBe(permitted);
    const { ownerCvr } = record.access;
    const paymentFacts = record.paymentFacts.map((line) => ({
      ...line,
      ofOwner: line.ownerCvr === ownerCvr,
    }));
    const stored = { _id: 'x', ...record, paymentFacts };
    assertSupportedFilter(access.filter());
    expect(new Query(access.filter() as never).test(stored)).toBe(permitted);
  });
});

test('a grant of benefits that was opened by break-glass says so', () => {
  const lifted = decide({ says: '', grants: [outside], who: { lifted: ['citizen-1'] } });
  expect(lifted.decision).toMatchObject({ permit: true, lifted: true });
  expect(decide({ says: '', who: { lifted: ['citizen-1'] } }).decision).toMatchObject({
    permit: true,
    lifted: false,
  });
});

test('what refuses where nothing is agreed is reported with the first right', () => {
  const grants = [own({ from: 'first' }), own({ from: 'second' })];
  expect(decide({ says: '', grants, agreements: [] }).decision).toMatchObject({ grant: grants[0] });
});

test('the case of a benefit is named by a right to cases alone', () => {
  const caseOf = (grants: readonly Grant[]) => decide({ says: '', grants }).access.cases;
  expect(caseOf([own(), grant()]).matches(caseFacts())).toBe(true);
  expect(caseOf([own()]).matches(caseFacts())).toBe(false);
});

describe('of a grant that is shown', () => {
  const linesOf = (sentence: Omit<Sentence, 'says'>) => {
    const { record, access } = decide({ says: '', ...sentence });
    const { benefit: showsBenefit, payment: showsPayment } = access.lines(record);
    return [record.benefits.map(showsBenefit), record.paymentFacts.map(showsPayment)];
  };
  test('lines outside the area and payments of another owner stay hidden', () => {
    const benefits = [benefit(), benefit({ kle: '27.12.00' }), benefit({ kle: null })];
    const payments = [
      payment(),
      payment({ kle: '27.12.00' }),
      payment({ ownerCvr: OTHER }),
      payment({ ownerCvr: null }),
    ];
    expect(linesOf({ benefits, payments })).toEqual([
      [true, false, false],
      [true, false, false, false],
    ]);
  });
  test('a line is shown by any right that opens the grant, and by none that does not', () => {
    const benefits = [benefit(), benefit({ kle: '27.12.00' }), benefit({ kle: '15.20.00' })];
    const payments = [payment(), payment({ kle: '27.12.00' }), payment({ kle: '15.20.00' })];
    const grants = [own(), own({ kle: ['27.*'] }), own({ kle: ['15.*'], sensitivity: 1 })];
    const all = [true, true, false];
    expect(linesOf({ benefits, payments, grants, agreements: [agreement({ kle: ['*'] })] })).toEqual([
      all,
      all,
    ]);
  });
  test('of another authority’s, the last three months alone', () => {
    const payments = [payment({ ownerCvr: UDK }), payment({ ownerCvr: UDK, disposalDate: '2026-08-21' })];
    const benefits = [benefit(), benefit({ endsOn: SINCE })];
    expect(linesOf({ ...foreign, benefits, payments })).toEqual([
      [true, false],
      [true, false],
    ]);
  });
});
