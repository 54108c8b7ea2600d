import { expect, test } from '@jest/globals';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { leftBehindBy, resumeHandovers } from '../../../intake/in-step/resume-handovers.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import type { FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { toKeepers, useRecordingStore, worldId, worldRecord } from '../../kit/record-world-store.js';

const LATER = new Date(Date.now() + 3_600_000);

const world = useRecordingStore();

/** Delivers as a process does that ends before it can cross anything out. */
async function leave(...records: FeedRecord[]): Promise<void> {
  const deaf = Object.entries(world().ports).map(([name, port]) => [
    name,
    { ...port, finish: () => Promise.resolve() },
  ]);
  await deliverInOrder(Object.fromEntries(deaf) as SubgraphPorts, records);
}

/** @returns how many were finished, and the calls it took, without those that ask what is left. */
async function resume(before = LATER) {
  world().calls.length = 0;
  const finished = await resumeHandovers(world().recorded, before);
  return { finished, calls: world().calls.filter(([name]) => !name.endsWith('.unfinished')) };
}

test('every kind that was left is finished, and counted; what is too young is left alone', async () => {
  await leave(worldRecord(10), worldRecord(11, 0), worldRecord(101));
  await leave(worldRecord(101), worldRecord(200), worldRecord(300), worldRecord(500));
  await leave(worldRecord(201));
  expect(await resume(new Date(0))).toEqual({ finished: 0, calls: [] });
  const { finished, calls } = await resume();
  expect(finished).toBe(7);
  const crossedOut = calls.filter(([name]) => name.endsWith('.finish')).map(([name]) => name);
  expect(crossedOut).toEqual([
    'citizens.finish',
    'cases.finish',
    'cases.finish',
    'documents.finish',
    'documents.finish',
    'benefits.finish',
    'alerts.finish',
  ]);
  expect(await resume()).toEqual({ finished: 0, calls: [] });
});

test('of persons, as if they came again', async () => {
  await leave(worldRecord(10), worldRecord(101));
  await world().ports.cases.finish((await world().ports.cases.unfinished(LATER))[0]!._id);
  const { calls } = await resume();
  const moved = new Map([['0202701234', worldId(10)]]);
  expect(calls).toEqual([
    ['citizens.moved', ['0202701234']],
    ['cases.parties', moved],
    ['cases.ofParties', ['0202701234']],
    ...toKeepers('parties', moved),
    ['access.personsAmongUsers', [worldId(10)]],
    ['cases.factsOf', [worldId(101)]],
    ...toKeepers('caseFacts', [expect.objectContaining({ caseId: worldId(101) })], {}),
    ['citizens.finish', expect.any(String)],
  ]);
});

test('of a case that stands: copies get its facts, persons its ties, and what was hidden for it is shown', async () => {
  await leave(worldRecord(101));
  const by = (await world().ports.cases.unfinished(LATER))[0]!._id;
  const { calls } = await resume();
  expect(calls).toEqual([
    ['cases.standing', [worldId(101)]],
    ['cases.factsOf', [worldId(101)]],
    ...toKeepers('caseFacts', [expect.objectContaining({ caseId: worldId(101) })], {
      withdrawal: { caseIds: [worldId(101)], by },
    }),
    ['citizens.ties', [expect.objectContaining({ recordId: worldId(101) })]],
    ['cases.finish', by],
  ]);
});

test('of a case that is gone: copies stay hidden for good', async () => {
  await deliverInOrder(world().ports, [worldRecord(102)]);
  await leave(worldRecord(102, 1));
  const { calls } = await resume();
  expect(calls).toContainEqual([
    'documents.markStale',
    [expect.objectContaining({ caseId: worldId(102), by: null })],
  ]);
  expect(calls).toContainEqual([
    'citizens.ties',
    [expect.objectContaining({ recordId: worldId(102), ties: [] })],
  ]);
});

test('of what hangs on cases: it alone gets their facts', async () => {
  await deliverInOrder(world().ports, [worldRecord(101)]);
  await leave(worldRecord(300));
  const noted = (await world().ports.benefits.unfinished(LATER))[0]!._id;
  const { calls } = await resume();
  expect(calls).toEqual([
    ['benefits.standing', [worldId(300)]],
    ['cases.factsOf', [worldId(101)]],
    ['benefits.caseFacts', [expect.objectContaining({ caseId: worldId(101) })], { only: [worldId(300)] }],
    ['citizens.ties', [expect.objectContaining({ recordId: worldId(300) })]],
    ['benefits.finish', noted],
  ]);
});

test('one that has been under way for ten minutes counts as left', () => {
  const now = new Date('2026-11-27T10:00:00Z');
  expect(leftBehindBy(now)).toEqual(new Date('2026-11-27T09:50:00Z'));
});
