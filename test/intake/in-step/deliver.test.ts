import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { resumeHandovers } from '../../../intake/in-step/resume-handovers.js';
import type { StoreConnection } from '../../../store/connection.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import type { FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { dyingPorts } from '../../kit/dying-ports.js';
import { startTestStore, type TestStore } from '../../kit/store.js';
import { clearStored, storedState, worldOfRecords } from '../../kit/world-of-records.js';

let store: TestStore;
let connection: Pick<StoreConnection, 'database'>;
let ports: SubgraphPorts;
beforeAll(async () => {
  store = await startTestStore();
  connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = ingestPorts(connection);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const RECORDS: readonly FeedRecord[] = worldOfRecords();
const clear = () => clearStored(store);
const state = () => storedState(store);

async function plainState(): Promise<unknown> {
  await clear();
  await deliverInOrder(ports, RECORDS);
  return state();
}

const shuffled = fc.shuffledSubarray([...RECORDS], { minLength: RECORDS.length });
const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });

async function deliverAll(records: readonly FeedRecord[], sizes: readonly number[]): Promise<void> {
  let rest = records;
  for (let i = 0; rest.length > 0; i++) {
    const size = sizes[i % sizes.length]!;
    await deliverInOrder(ports, rest.slice(0, size));
    rest = rest.slice(size);
  }
}

test('any permutation and duplication of a delivery, cut anywhere, gives the same final state', async () => {
  const plain = await plainState();
  await fc.assert(
    fc.asyncProperty(shuffled, fc.subarray([...RECORDS]), cuts, async (records, again, sizes) => {
      await clear();
      await deliverAll([...records, ...again], sizes);
      expect(await state()).toEqual(plain);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('the same with a kill at any point, whether the sender tries again or what was begun is finished', async () => {
  const plain = await plainState();
  await fc.assert(
    fc.asyncProperty(
      shuffled,
      cuts,
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
      async (records, sizes, kills) => {
        await clear();
        let rest = records;
        const pending = [...kills];
        for (let i = 0; rest.length > 0; i++) {
          const batch = rest.slice(0, sizes[i % sizes.length]);
          const kill = pending.shift();
          if (kill !== undefined) await deliverInOrder(dyingPorts(ports, kill), batch).catch(() => undefined);
          // What was not acknowledged is sent again, by a sender who knows nothing of hand-overs.
          await deliverInOrder(ports, batch);
          rest = rest.slice(batch.length);
        }
        await resumeHandovers(ports, new Date(Date.now() + 1000));
        expect(await state()).toEqual(plain);
        expect(await ports.cases.unfinished(new Date(Date.now() + 1000))).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('persons who arrive after their cases reach the copies, wherever the first try broke off', async () => {
  const persons = RECORDS.filter(({ type }) => type === 'person');
  const others = RECORDS.filter(({ type }) => ['case', 'document', 'grant', 'alert'].includes(type));
  await clear();
  await deliverInOrder(ports, others);
  await deliverInOrder(ports, persons);
  const plain = await state();
  for (let kill = 0; kill < 12; kill++) {
    await clear();
    await deliverInOrder(ports, others);
    await deliverInOrder(dyingPorts(ports, kill), persons).catch(() => undefined);
    await deliverInOrder(ports, persons);
    expect([kill, await state()]).toEqual([kill, plain]);
  }
}, 60_000);

test('what an owner has stored reaches every copy even if its sender never comes back', async () => {
  for (let kill = 0; kill < 40; kill++) {
    await clear();
    await deliverInOrder(
      ports,
      RECORDS.filter(({ type }) => type !== 'case' && type !== 'removal'),
    );
    const cases = RECORDS.filter(({ type }) => type === 'case');
    await deliverInOrder(dyingPorts(ports, kill), cases).catch(() => undefined);
    await resumeHandovers(ports, new Date(Date.now() + 1000));
    const stored = await connection.database('cases').collection('cases').find({}).toArray();
    const documents = await connection.database('documents').collection('documents').find({}).toArray();
    for (const { _id, access: facts } of stored) {
      for (const document of documents.filter((candidate) => candidate['caseIds'].includes(_id))) {
        const copy = document['caseFacts'].find((fact: any) => fact.caseId === _id);
        expect(copy).toMatchObject({ ...facts, stale: false });
      }
    }
  }
}, 120_000);
