import { expect, test } from '@jest/globals';
import { citizensIngest } from '../../../subgraphs/citizens/ingest/citizens-ingest.js';
import { GATEWAY_CALLER } from '../../../subgraphs/shared/identity/internal-identity.js';
import type { Grant } from '../../../subgraphs/shared/policy/grants.js';
import { startTestStore } from '../../kit/store.js';

const OWN = '12345678';
const OTHER = '23456780';
const ids = {
  resident: '00000000-0000-4000-8000-000000000001',
  elsewhere: '00000000-0000-4000-8000-000000000002',
  hiddenCase: '00000000-0000-4000-8000-000000000003',
  otherCase: '00000000-0000-4000-8000-000000000004',
  merged: '00000000-0000-4000-8000-000000000005',
  unknown: '00000000-0000-4000-8000-000000000006',
};
const tie = (id: string, ownerCvr: string) => ({
  kind: 'case',
  source: 'DUBU',
  ownerCvr,
  kle: '27.24.00',
  sensitivity: 3,
  unit: null,
  profile: null,
  displayClass: 'ALL',
  stale: false,
  parties: [id],
});
const READER: Grant[] = [
  { role: 'citizen-read', cvr: OWN },
  { role: 'case-read', cvr: OWN, kle: ['32.*'], sensitivity: 2 },
];
const caller = (change: object = {}) => ({
  ...GATEWAY_CALLER,
  subject: 'user',
  cvr: OWN,
  grants: READER,
  agreements: [
    {
      source: 'DUBU',
      name: 'DUBU',
      cvr: OWN,
      kinds: ['cases' as const],
      kle: ['*'],
      sensitivity: 4 as const,
      crossAuthority: false,
      staleAfterHours: 24,
    },
  ],
  ...change,
});

test.each([
  ['who lives in the municipality', ids.resident, {}, true],
  ['who lives elsewhere and has nothing here', ids.elsewhere, {}, false],
  ['who lives elsewhere and has a case here that the role does not reach', ids.hiddenCase, {}, true],
  ['whose case here is outside the agreement', ids.hiddenCase, { agreements: [] }, false],
  ['whose case is another authority’s', ids.otherCase, {}, false],
  ['whom a jump has brought', ids.elsewhere, { jumps: [ids.elsewhere] }, true],
  ['who is the caller or kin of the caller', ids.resident, { barred: [ids.resident] }, false],
  ['who turned out to be somebody else', ids.merged, {}, false],
  ['an unknown person', ids.unknown, {}, false],
  ['for somebody who opens no persons', ids.resident, { grants: READER.slice(1) }, false],
  [
    'for somebody who reaches the country',
    ids.elsewhere,
    { grants: [...READER, { role: 'citizen-search-national', cvr: OWN }] },
    true,
  ],
])('break-glass could open a person %s: %#', async (_says, id, change, expected) => {
  await using store = await startTestStore();
  const database = store.client.db('citizens');
  const person = (_id: string, more: object) => ({
    _id: _id as never,
    homes: [{ cvr: OTHER, from: '2020-01-01' }],
    ties: [],
    mergedInto: null,
    ...more,
  });
  await database
    .collection('citizens')
    .insertMany([
      person(ids.resident, { homes: [{ cvr: OWN, from: '2020-01-01' }] }),
      person(ids.elsewhere, {}),
      person(ids.hiddenCase, { ties: [tie(ids.hiddenCase, OWN)] }),
      person(ids.otherCase, { ties: [tie(ids.otherCase, OTHER)] }),
      person(ids.merged, { homes: [{ cvr: OWN, from: '2020-01-01' }], mergedInto: ids.resident }),
    ]);
  expect(await citizensIngest(database).liftable(id, caller(change), '2026-11-27')).toBe(expected);
});
