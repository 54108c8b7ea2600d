import { expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import { compileAlertAccess } from '../../subgraphs/shared/policy/alert-access.js';
import type { AccessFacts } from '../../subgraphs/shared/policy/facts.js';
import type { Grant } from '../../subgraphs/shared/policy/grants.js';
import { OTHER, OWN, agreement, caseFacts, grant, requester } from '../kit/access.js';

const right = (change: Partial<Grant> = {}): Grant => ({
  role: 'alert-read',
  cvr: OWN,
  kle: ['32.*'],
  ...change,
});
const both = [right(), grant()];

interface Sentence {
  readonly says: string;
  readonly facts?: Partial<AccessFacts>;
  /** Facts of the case behind it; null: it has one, which is not known here; left out: it has none. */
  readonly behind?: Partial<AccessFacts> | null;
  readonly grants?: readonly Grant[];
  readonly shown: boolean;
}

const SENTENCES: readonly Sentence[] = [
  { says: 'about no case, within the right', grants: [right()], shown: true },
  { says: 'about no case, without the right', grants: [grant()], shown: false },
  { says: 'in an area outside the right', facts: { kle: '27.12.00' }, shown: false },
  { says: 'received by another authority', facts: { ownerCvr: OTHER }, shown: false },
  { says: 'received by another unit', grants: [right({ units: ['unit-family'] })], shown: false },
  { says: 'about a case the caller may see', behind: {}, shown: true },
  { says: 'about a case, without a right to cases', behind: {}, grants: [right()], shown: false },
  { says: 'about a case above the level of the caller', behind: { sensitivity: 3 }, shown: false },
  { says: 'about a case kept from caseworkers', behind: { hiddenFrom: ['caseworker'] }, shown: false },
  { says: 'about a case that is not known here', behind: null, shown: false },
  {
    says: 'about a case the caller may see, without the right to alerts',
    behind: {},
    grants: [grant()],
    shown: false,
  },
];

test.each(SENTENCES.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
  const { behind, grants = both, shown } = sentence;
  const alert = {
    access: caseFacts(sentence.facts),
    caseFacts: behind ? { ...caseFacts(behind), caseId: 'case' } : null,
    hasCase: behind !== undefined,
  };
  const access = compileAlertAccess(grants, [agreement()], requester);
  expect(access.matches(alert)).toBe(shown);
  assertSupportedFilter(access.filter());
  expect(new Query(access.filter() as never).test({ _id: 'x', ...alert })).toBe(shown);
});
