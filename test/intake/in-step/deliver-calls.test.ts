import { expect, test } from '@jest/globals';
import { deliver, deliverInOrder } from '../../../intake/in-step/deliver.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape, type FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { RECORD_SAMPLES } from '../../kit/record-samples.js';
import { toKeepers, useRecordingStore, worldId, worldRecord } from '../../kit/record-world-store.js';

const CASE = worldRecord(101);
const LATER = { registeredAt: new Date(Date.UTC(2026, 0, 2)) };

const world = useRecordingStore();

async function callsOf(...records: FeedRecord[]) {
  world().calls.length = 0;
  await deliverInOrder(world().recorded, records);
  return world().calls.filter(([name]) => name !== 'citizens.resolve');
}
const factsOf = (n: number) => expect.objectContaining({ caseId: worldId(n) });

test('how many went which way is counted', async () => {
  await deliver(world().ports, [CASE, worldRecord(103, 0, LATER)]);
  const records = [CASE, worldRecord(103), worldRecord(101, 1, { source: 'KY' }), worldRecord(102)];
  expect(await deliver(world().ports, [...records, worldRecord(200), worldRecord(201)])).toEqual({
    accepted: 3,
    duplicate: 1,
    superseded: 1,
    foreign: 1,
  });
});

test('records of every type are taken by their owners, those that others hang on first', async () => {
  const samples = RECORD_SAMPLES.map((sample) => feedRecordShape.parse(sample)).toReversed();
  world().calls.length = 0;
  expect(await deliverInOrder(world().recorded, samples)).toHaveLength(samples.length);
  const owners = [
    'citizens.reference',
    'citizens.persons',
    'citizens.companies',
    'access.deliveredUsers',
    'citizens.remarks',
    'cases.take',
    'cases.notes',
    'documents.documents',
    'benefits.grants',
    'benefits.payments',
    'alerts.alerts',
  ];
  const names = world()
    .calls.map(([name]) => name)
    .filter((name) => owners.includes(name));
  expect(names.filter((name, i) => name !== names[i - 1])).toEqual(owners);
  expect(
    world()
      .calls.map(([name]) => name)
      .findLast((name) => name.endsWith('.removals')),
  ).toBeDefined();
});

test('what becomes of each record comes in the order given, whatever the order they are taken in', async () => {
  await deliverInOrder(world().ports, [CASE]);
  expect(await deliverInOrder(world().ports, [worldRecord(200), CASE, worldRecord(10)])).toEqual([
    'accepted',
    'duplicate',
    'accepted',
  ]);
});

test('a new case: its facts go to the copies at once, and nothing is hidden', async () => {
  expect(await callsOf(CASE)).toEqual([
    ['cases.take', [CASE], new Map()],
    ...toKeepers('caseFacts', [factsOf(101)], {}),
    ['citizens.ties', [expect.objectContaining({ recordId: worldId(101) })]],
    ['cases.finish', expect.any(String)],
  ]);
});

test('a tightened case: copies are hidden before it is stored, and what was hidden for nothing is shown after', async () => {
  await deliverInOrder(world().ports, [CASE]);
  const tightened = worldRecord(101, 1);
  const calls = await callsOf(tightened);
  const [, by] = calls.at(-1)!;
  expect(calls).toEqual([
    ['cases.take', [tightened], new Map()],
    ...toKeepers('markStale', [expect.objectContaining({ caseId: worldId(101), by })]),
    ['cases.cases', [tightened], new Map()],
    ...toKeepers('caseFacts', [factsOf(101)], { withdrawal: { caseIds: [worldId(101)], by } }),
    ['citizens.ties', [expect.objectContaining({ recordId: worldId(101) })]],
    ['cases.finish', by],
  ]);
});

test('of cases that come again the copies get the present facts', async () => {
  await deliverInOrder(world().ports, [CASE]);
  const calls = await callsOf(CASE, worldRecord(103));
  expect(calls).toContainEqual(['cases.factsOf', [worldId(101)]]);
});

test.each([
  ['a document', 200, 'documents', [101, 102]],
  ['a grant', 300, 'benefits', [101]],
  ['an alert', 500, 'alerts', [101]],
] as const)('%s gets the facts of its cases, it alone', async (_says, n, owner, cases) => {
  await deliverInOrder(world().ports, [CASE]);
  const calls = await callsOf(worldRecord(n));
  expect(calls.slice(1)).toEqual([
    ['cases.factsOf', cases.map(worldId)],
    [`${owner}.caseFacts`, [factsOf(101)], { only: [worldId(n)] }],
    ['citizens.ties', [expect.objectContaining({ recordId: worldId(n) })]],
    [`${owner}.finish`, expect.any(String)],
  ]);
});

test('what is filed on no case asks for no facts', async () => {
  const names = (await callsOf(worldRecord(201))).map(([name]) => name);
  expect(names).toEqual(['documents.documents', 'citizens.ties', 'documents.finish']);
  const alone = worldRecord(500, 0, { caseId: null });
  const ofAlert = (await callsOf(alone)).map(([name]) => name);
  expect(ofAlert).toEqual(['alerts.alerts', 'citizens.ties', 'alerts.finish']);
  await deliverInOrder(world().ports, [CASE]);
  expect(await callsOf(alone, worldRecord(200), worldRecord(201))).toContainEqual([
    'documents.caseFacts',
    [factsOf(101)],
    { only: [worldId(200)] },
  ]);
});

test('when one owner fails the others are waited for, and the failure is said', async () => {
  const alerts = { ...world().ports.alerts, alerts: () => Promise.reject(new Error('alerts are away')) };
  let isNoted = false;
  const notes = async (...given: Parameters<SubgraphPorts['cases']['notes']>) => {
    const outcomes = await world().ports.cases.notes(...given);
    isNoted = true;
    return outcomes;
  };
  const ports = { ...world().ports, alerts, cases: { ...world().ports.cases, notes } };
  const delivery = deliverInOrder(ports, [worldRecord(150), worldRecord(500), worldRecord(403, 1)]);
  await expect(delivery).rejects.toThrow('alerts are away');
  expect(isNoted).toBe(true);
});
