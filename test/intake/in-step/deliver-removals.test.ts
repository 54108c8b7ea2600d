import { expect, test } from '@jest/globals';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { type FeedRecord, feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { RECORD_SAMPLES } from '../../kit/record-samples.js';
import { toKeepers, useRecordingStore, worldId, worldRecord } from '../../kit/record-world-store.js';

const removal = (n: number, of: string, source = 'KSD', second = 9): FeedRecord =>
  worldRecord(102, 1, {
    id: worldId(n),
    of,
    source,
    registeredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
  });

const world = useRecordingStore();

/** @returns the calls that a delivery of removals takes, without the question for parties that every delivery begins with. */
async function callsOf(...removals: FeedRecord[]) {
  world().calls.length = 0;
  await deliverInOrder(world().recorded, removals);
  return world().calls.slice(1);
}
const stored = (database: string, collection: string) =>
  world().store.client.db(database).collection(collection).countDocuments();

test.each([
  ['person', 'citizens', 'citizens', 10],
  ['case', 'cases', 'cases', 101],
  ['note', 'cases', 'notes', 150],
  ['document', 'documents', 'documents', 200],
  ['grant', 'benefits', 'grants', 300],
  ['payment', 'benefits', 'payments', 401],
  ['alert', 'alerts', 'alerts', 500],
] as const)('a %s is taken away by %s', async (of, owner, collection, n) => {
  await deliverInOrder(world().ports, [worldRecord(n)]);
  expect(await stored(owner, collection)).toBe(1);
  const gone = removal(n, of, of === 'person' ? 'CPR' : 'KSD');
  expect(await deliverInOrder(world().ports, [gone])).toEqual(['accepted']);
  expect(await stored(owner, collection)).toBe(0);
});

test('a company is taken away by citizens', async () => {
  const company = feedRecordShape.parse({
    ...RECORD_SAMPLES.find(({ type }) => type === 'company'),
    id: worldId(20),
    source: 'CVR',
  });
  await deliverInOrder(world().ports, [company]);
  expect(await stored('citizens', 'companies')).toBe(1);
  expect(await deliverInOrder(world().ports, [removal(20, 'company', 'CVR')])).toEqual(['accepted']);
  expect(await stored('citizens', 'companies')).toBe(0);
});

test('each owner is asked once, and what became of each comes in the order given', async () => {
  await deliverInOrder(world().ports, [worldRecord(200), worldRecord(101), worldRecord(201)]);
  const removals = [
    removal(200, 'document'),
    removal(101, 'case', 'KY'),
    removal(201, 'document', 'KY'),
    removal(500, 'alert'),
  ];
  world().calls.length = 0;
  expect(await deliverInOrder(world().recorded, removals)).toEqual([
    'accepted',
    'foreign',
    'foreign',
    'accepted',
  ]);
  const asked = world()
    .calls.filter(([name]) => name.endsWith('.removals'))
    .map(([name]) => name);
  expect(asked).toEqual(['documents.removals', 'cases.removals', 'alerts.removals']);
});

test('copies of a case are hidden before it goes, and what is gone is handed over before the notes are crossed out', async () => {
  await deliverInOrder(world().ports, [worldRecord(101), worldRecord(200)]);
  const gone = removal(101, 'case');
  const calls = await callsOf(gone);
  const [announced, removed] = calls
    .filter(([name]) => name === 'cases.finish')
    .map(([, id]) => id)
    .toReversed();
  const stale = expect.objectContaining({ caseId: worldId(101), by: announced });
  const forGood = expect.objectContaining({ caseId: worldId(101), by: null });
  expect(calls).toEqual([
    ['cases.announceRemovals', [gone]],
    ...toKeepers('markStale', [stale]),
    ['cases.removals', [gone]],
    ['cases.standing', [worldId(101)]],
    ...toKeepers('markStale', [forGood]),
    ...toKeepers('caseFacts', [], { withdrawal: { caseIds: [worldId(101)], by: announced } }),
    ['citizens.ties', [expect.objectContaining({ kind: 'case', recordId: worldId(101), ties: [] })]],
    ['cases.finish', removed],
    ['cases.finish', announced],
  ]);
  expect(removed).not.toBe(announced);
});

test('a case that another source wants away stays, and its copies get its facts', async () => {
  await deliverInOrder(world().ports, [worldRecord(101), worldRecord(200)]);
  const calls = await callsOf(removal(101, 'case', 'KY'));
  expect(calls).toContainEqual(['cases.factsOf', [worldId(101)]]);
  expect(calls.map(([name]) => name)).not.toContain('citizens.ties');
  const documents = world().store.client.db('documents').collection('documents');
  expect(
    await documents.countDocuments({ caseFacts: { $elemMatch: { caseId: worldId(101), stale: false } } }),
  ).toBe(1);
});

test('what hangs on cases is taken away, its ties with it, and its note crossed out', async () => {
  await deliverInOrder(world().ports, [worldRecord(201)]);
  const gone = removal(201, 'document');
  expect(await callsOf(gone)).toEqual([
    ['documents.removals', [gone]],
    ['citizens.ties', [expect.objectContaining({ kind: 'document', recordId: worldId(201), ties: [] })]],
    ['documents.finish', expect.any(String)],
  ]);
});
