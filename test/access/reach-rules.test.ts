import { expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { assertSupportedFilter } from '../../store/embedded/query-operators.js';
import { compileCitizenReach, type CitizenFacts } from '../../subgraphs/shared/policy/citizen-reach.js';
import type { Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';
import { OTHER, OWN, agreement, caseFacts, grant, requester } from '../kit/access.js';

type Tie = CitizenFacts['ties'][number];
type Role = 'citizen-search' | 'citizen-read';

interface Sentence {
  readonly says: string;
  readonly role?: Role;
  readonly grants?: readonly Grant[];
  readonly agreements?: readonly Agreement[];
  readonly homes?: CitizenFacts['homes'];
  readonly ties?: readonly Tie[];
  readonly who?: Partial<Requester>;
  readonly nationwide?: boolean;
  readonly within: boolean;
}

const opener: Grant = { role: 'citizen-read', cvr: OWN };
const searcher: Grant = { role: 'citizen-search', cvr: OWN };
const national: Grant = { role: 'citizen-search-national', cvr: OWN };
const home = (cvr: string, from = '2000-01-01') => ({ cvr, from });
/** Facts of a record that hang on the person: a tie carries no parties. */
const tie = (kind: Tie['kind'], change: Partial<Tie> = {}): Tie => ({
  ...caseFacts({ parties: [] }),
  kind,
  ...change,
});
const elsewhere = { homes: [home(OTHER)] };

const SENTENCES: readonly Sentence[] = [
  { says: 'who lives in the municipality', within: true },
  { says: 'who lives elsewhere', ...elsewhere, within: false },
  { says: 'who has no address', homes: [], within: false },
  { says: 'who moves in today', homes: [home(OWN, requester.today)], within: true },
  { says: 'who is to move in tomorrow', homes: [home(OWN, '2026-11-23')], within: false },
  { says: 'who once lived here', homes: [home(OWN), home(OTHER, '2020-01-01')], within: true },
  {
    says: 'who lives where a delegated right is held',
    ...elsewhere,
    grants: [{ role: 'citizen-read', cvr: OTHER }],
    within: true,
  },
  { says: 'without the right, whoever it is', grants: [searcher, national], nationwide: true, within: false },
  { says: 'in a search: by the right to search', role: 'citizen-search', grants: [searcher], within: true },
  { says: 'in a search: not by the right to open', role: 'citizen-search', grants: [opener], within: false },
  {
    says: 'anyone by the national right',
    ...elsewhere,
    grants: [opener, national],
    nationwide: true,
    within: true,
  },
  {
    says: 'the national right where it may not be used',
    ...elsewhere,
    grants: [opener, national],
    within: false,
  },
  { says: 'nationwide without the national right', ...elsewhere, nationwide: true, within: false },
  { says: 'the caller and kin of the caller', who: { barred: ['citizen-1'] }, within: false },
  { says: 'somebody else than kin of the caller', who: { barred: ['citizen-2'] }, within: true },
  {
    says: 'kin of the caller by the national right',
    grants: [opener, national],
    nationwide: true,
    who: { barred: ['citizen-1'] },
    within: false,
  },
  { says: 'whom a jump is about', ...elsewhere, who: { jumps: ['citizen-1'] }, within: true },
  { says: 'another than whom the jump is about', ...elsewhere, who: { jumps: ['citizen-2'] }, within: false },
  {
    says: 'kin whom a jump is about',
    who: { jumps: ['citizen-1'], barred: ['citizen-1'] },
    within: false,
  },
  {
    says: 'whom a jump is about, in a search: it makes nobody findable',
    ...elsewhere,
    role: 'citizen-search',
    grants: [searcher],
    who: { jumps: ['citizen-1'] },
    within: false,
  },
  {
    says: 'party to a case the caller may see',
    ...elsewhere,
    grants: [opener, grant()],
    ties: [tie('case')],
    within: true,
  },
  {
    says: 'party to a case the caller may know of',
    ...elsewhere,
    grants: [opener, grant({ role: 'case-exists' })],
    ties: [tie('case')],
    within: true,
  },
  {
    says: 'party to a case above the level of the caller',
    ...elsewhere,
    grants: [opener, grant()],
    ties: [tie('case', { sensitivity: 3 })],
    within: false,
  },
  { says: 'party to a case, without a right to cases', ...elsewhere, ties: [tie('case')], within: false },
  {
    says: 'party to a document the caller may see',
    ...elsewhere,
    grants: [opener, grant({ role: 'document-read' })],
    ties: [tie('document')],
    within: true,
  },
  {
    says: 'party to a document, by a right to cases',
    ...elsewhere,
    grants: [opener, grant()],
    ties: [tie('document')],
    within: false,
  },
  {
    says: 'party to a case, by a right to documents',
    ...elsewhere,
    grants: [opener, grant({ role: 'document-read' })],
    ties: [tie('case')],
    within: false,
  },
  {
    says: 'in an alert the caller receives',
    ...elsewhere,
    grants: [opener, { role: 'alert-read', cvr: OWN, kle: ['32.*'] }],
    ties: [tie('alert')],
    within: true,
  },
  {
    says: 'paid a benefit the caller may see',
    ...elsewhere,
    grants: [opener, grant({ role: 'benefit-read' })],
    ties: [tie('grant')],
    within: true,
  },
  {
    says: 'paid a benefit by another authority, which pays nearly everybody',
    ...elsewhere,
    grants: [opener, grant({ role: 'benefit-read' })],
    agreements: [agreement({ crossAuthority: true })],
    ties: [tie('grant')],
    within: false,
  },
  {
    says: 'one tie the caller may see among others',
    ...elsewhere,
    grants: [opener, grant()],
    ties: [tie('document'), tie('case', { sensitivity: 4 }), tie('case')],
    within: true,
  },
];

test.each(SENTENCES.map((sentence) => [sentence.says, sentence] as const))('%s', (_says, sentence) => {
  const {
    grants = [opener],
    agreements = [agreement()],
    role = 'citizen-read',
    nationwide = false,
  } = sentence;
  const citizen = { _id: 'citizen-1', homes: sentence.homes ?? [home(OWN)], ties: sentence.ties ?? [] };
  const who = { ...requester, ...sentence.who };
  const reach = compileCitizenReach(grants, agreements, who, role, nationwide);
  assertSupportedFilter(reach.filter());
  expect(reach.matches(citizen)).toBe(sentence.within);
  expect(new Query(reach.filter() as never).test(citizen)).toBe(sentence.within);
});

test('the store is asked for nobody without the right, and for nobody by a jump without one', () => {
  const filterOf = (grants: readonly Grant[], who: Partial<Requester> = {}, role: Role = 'citizen-read') =>
    compileCitizenReach(grants, [], { ...requester, ...who }, role, false).filter();
  expect(filterOf([])).toEqual({ _id: { $in: [] } });
  const byHome = {
    $or: [{ homes: { $elemMatch: { cvr: { $in: [OWN] }, from: { $lte: requester.today } } } }],
  };
  expect(filterOf([opener])).toEqual(byHome);
  expect(filterOf([searcher], { jumps: ['citizen-1'] }, 'citizen-search')).toEqual(byHome);
});
