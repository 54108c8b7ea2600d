import { describe, expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import { compileDocumentAccess } from '../../subgraphs/shared/policy/document-access.js';
import { explainDocument } from '../../subgraphs/shared/policy/document-explanation.js';
import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';
import { OTHER, agreement, caseFacts, grant, requester } from '../kit/access.js';

const reader = (change: Partial<Grant> = {}) => grant({ role: 'document-read', ...change });

interface Sentence {
  readonly says: string;
  /** The document’s own facts. */
  readonly facts?: Partial<AccessFacts>;
  /** Facts of the cases it is filed on; none: filed on no case. */
  readonly cases?: readonly Partial<AccessFacts>[];
  readonly grants?: readonly Grant[];
  readonly agreements?: readonly Agreement[];
  readonly who?: Partial<Requester>;
  /** Undefined: permitted. */
  readonly refusedBy?: string;
  readonly lifted?: true;
}

const ALONE: readonly Sentence[] = [
  { says: 'its own owner, area and level decide: shown' },
  { says: 'another authority’s', facts: { ownerCvr: OTHER }, refusedBy: 'OTHER_OWNER' },
  {
    says: 'an area outside the right',
    facts: { kle: '32.24.04' },
    grants: [reader({ kle: ['32.30.*'] })],
    refusedBy: 'KLE',
  },
  { says: 'a level above the right', facts: { sensitivity: 3 }, refusedBy: 'SENSITIVITY' },
  { says: 'by a right to cases', grants: [grant()], refusedBy: 'NO_ROLE' },
  {
    says: 'an agreement that delivers cases alone',
    agreements: [agreement({ kinds: ['cases'] })],
    refusedBy: 'NO_AGREEMENT',
  },
];

const both = [grant(), reader()];
const FILED: readonly Sentence[] = [
  { says: 'on a case that may be seen: shown', cases: [{}] },
  { says: 'its own owner and area do not count', cases: [{}], facts: { ownerCvr: OTHER, kle: '27.12.00' } },
  { says: 'its own owner and area need not be known', cases: [{}], facts: { ownerCvr: null, kle: null } },
  { says: 'without a right to documents', cases: [{}], grants: [grant()], refusedBy: 'NO_ROLE' },
  { says: 'without a right to cases', cases: [{}], grants: [reader()], refusedBy: 'CASE_HIDDEN' },
  { says: 'on a case that is hidden', cases: [{ sensitivity: 4 }], refusedBy: 'CASE_HIDDEN' },
  {
    says: 'on a case kept from caseworkers',
    cases: [{ hiddenFrom: ['caseworker'] }],
    refusedBy: 'CASE_HIDDEN',
  },
  { says: 'on one case that may be seen among hidden ones', cases: [{ sensitivity: 4 }, {}] },
  {
    says: 'on one case within the right to documents before one outside it',
    cases: [{}, { kle: '32.24.04' }],
    grants: [grant(), reader({ kle: ['32.30.*'] })],
  },
  { says: 'of the level that is agreed on', cases: [{}], agreements: [agreement({ sensitivity: 2 })] },
  {
    says: 'on a case that may be seen, outside the right to documents',
    cases: [{ kle: '32.24.04' }],
    grants: [grant(), reader({ kle: ['32.30.*'] })],
    refusedBy: 'KLE',
  },
  {
    says: 'one case may be seen and the other is within the right to documents: never mixed',
    cases: [{ kle: '32.24.04' }, { kle: '32.30.04' }],
    grants: [grant({ kle: ['32.24.*'] }), reader({ kle: ['32.30.*'] })],
    refusedBy: 'KLE',
  },
  {
    says: 'at a level of its own above the right',
    cases: [{}],
    facts: { sensitivity: 3 },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'at a level nobody knows',
    cases: [{}],
    facts: { sensitivity: null },
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'at a level of its own above the agreement',
    cases: [{ sensitivity: 1 }],
    agreements: [agreement({ sensitivity: 1 })],
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'from a source without an agreement',
    cases: [{}],
    facts: { source: 'KY' },
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement of another municipality for the document',
    cases: [{}],
    agreements: [agreement({ kinds: ['cases'] }), agreement({ cvr: OTHER })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement that delivers cases alone',
    cases: [{}],
    agreements: [agreement({ kinds: ['cases'] })],
    refusedBy: 'NO_AGREEMENT',
  },
  {
    says: 'an agreement that delivers documents alone',
    cases: [{}],
    agreements: [agreement({ kinds: ['documents'] })],
    refusedBy: 'CASE_HIDDEN',
  },
  {
    says: 'from a system outside the right',
    cases: [{ source: 'KY' }],
    grants: [grant(), reader({ systems: ['KY'] })],
    agreements: [agreement(), agreement({ source: 'KY' })],
    refusedBy: 'SYSTEM',
  },
  {
    says: 'from a system within the right',
    cases: [{}],
    grants: [grant(), reader({ systems: ['KSD'] })],
  },
  {
    says: 'the case by one right to documents and the level by another: never mixed',
    cases: [{ sensitivity: 1 }],
    grants: [grant(), reader({ sensitivity: 1 }), reader({ kle: ['27.*'], sensitivity: 4 })],
    refusedBy: 'KLE',
  },
  { says: 'of a barred person', cases: [{}], who: { barred: ['citizen-1'] }, refusedBy: 'RELATED_PERSON' },
  {
    says: 'kept from caseworkers itself',
    cases: [{}],
    facts: { hiddenFrom: ['caseworker'] },
    refusedBy: 'DISPLAY_CLASS',
  },
  {
    says: 'on a security profile itself',
    cases: [{}],
    facts: { profile: ['somebody'] },
    refusedBy: 'SECURITY_PROFILE',
  },
  {
    says: 'with facts that are being tightened',
    cases: [{}],
    facts: { stale: true },
    refusedBy: 'FACTS_UNCERTAIN',
  },
  {
    says: 'that holds no longer',
    cases: [{}],
    facts: { validTo: requester.today },
    refusedBy: 'NOT_IN_FORCE',
  },
  {
    says: 'that does not hold yet',
    cases: [{}],
    facts: { validFrom: '2026-11-23' },
    refusedBy: 'NOT_IN_FORCE',
  },
];

const lifted = { lifted: ['citizen-1'] };
const narrow = [grant(), reader({ sensitivity: 1, systems: ['KY'], kle: ['32.*'] })];
const OPENED: readonly Sentence[] = [
  {
    says: 'opens what the right limits: level and system',
    cases: [{}],
    grants: narrow,
    who: lifted,
    lifted: true,
  },
  {
    says: 'nothing without it',
    cases: [{ sensitivity: 1 }],
    grants: [grant(), reader({ sensitivity: 1 })],
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'for that person alone',
    cases: [{ sensitivity: 1 }],
    grants: [grant(), reader({ sensitivity: 1 })],
    who: { lifted: ['citizen-2'] },
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'the document must be about that person, not its case alone',
    cases: [{ sensitivity: 1 }],
    facts: { parties: ['citizen-2'] },
    grants: [grant(), reader({ sensitivity: 1 })],
    who: lifted,
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'never beyond the agreement',
    cases: [{ sensitivity: 1 }],
    grants: narrow,
    agreements: [agreement({ sensitivity: 1 })],
    who: lifted,
    refusedBy: 'AGREEMENT_SENSITIVITY',
  },
  {
    says: 'never in an authority that is not the caller’s own',
    cases: [{ ownerCvr: OTHER, sensitivity: 1 }],
    grants: [grant({ cvr: OTHER }), reader({ cvr: OTHER, sensitivity: 1 })],
    agreements: [agreement({ cvr: OTHER })],
    who: lifted,
    refusedBy: 'SENSITIVITY',
  },
  {
    says: 'for one of several persons',
    cases: [{}],
    grants: narrow,
    who: { lifted: ['citizen-2', 'citizen-1'] },
    lifted: true,
  },
  { says: 'is not said of what the right opens anyway', cases: [{}], who: lifted },
  { says: 'is not needed where the right is enough', cases: [{}], who: { lifted: ['citizen-2'] } },
];

describe.each([
  ['a document on no case', ALONE],
  ['a document filed', FILED],
  ['break-glass', OPENED],
])('%s', (_what, sentences) => {
  test.each(sentences.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
    const filedOnCase = sentence.cases !== undefined;
    const caseFactsOf = (sentence.cases ?? []).map((change) => ({ ...caseFacts(change), caseId: 'case' }));
    const document = { access: caseFacts(sentence.facts), caseFacts: caseFactsOf, filedOnCase };
    const { grants = both, agreements = [agreement()] } = sentence;
    const rights = [grants, agreements, { ...requester, ...sentence.who }] as const;
    const decision = explainDocument(document, ...rights);
    expect(decision.permit ? undefined : decision.rule.code).toBe(sentence.refusedBy);
    if (decision.permit) expect(decision.lifted).toBe(sentence.lifted ?? false);
    const permitted = sentence.refusedBy === undefined;
    const access = compileDocumentAccess(...rights);
    expect(access.matches(document)).toBe(permitted);
    assertSupportedFilter(access.filter());
    expect(new Query(access.filter() as never).test({ _id: 'x', ...document })).toBe(permitted);
  });
});

test('a document that is filed on no case is not opened by facts of cases it may carry', () => {
  const document = {
    access: caseFacts({ ownerCvr: OTHER }),
    caseFacts: [{ ...caseFacts(), caseId: 'case' }],
    filedOnCase: false,
  };
  const access = compileDocumentAccess(both, [agreement()], requester);
  expect(access.matches({ ...document, filedOnCase: true })).toBe(true);
  expect(access.matches(document)).toBe(false);
  expect(new Query(access.filter() as never).test({ _id: 'x', ...document })).toBe(false);
});
