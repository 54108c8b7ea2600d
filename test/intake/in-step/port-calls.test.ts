import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LookUps } from '../../../gateway/http/look-ups-first.js';
import { KnownTopics } from '../../../intake/feed/known-topics.js';
import { DeliveryTaker } from '../../../intake/feed/take-delivery.js';
import { deliver } from '../../../intake/in-step/deliver.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { recordedPorts, type PortCall } from '../../kit/recorded-ports.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

/** What one record costs: calls from the gateway to subgraphs, each of which may be a process of its own. */
let store: TestStore;
let ports: SubgraphPorts;
const calls: PortCall[] = [];
beforeAll(async () => {
  store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = recordedPorts(ingestPorts(connection), calls);
});
afterAll(() => store[Symbol.asyncDispose]());

const OWN = '12345678';
const system = {
  id: '00000000-0000-4000-8000-000000000009',
  code: 'KSD',
  name: 'KSD',
  deliveries: [{ cvr: OWN, kinds: ['persons', 'cases'], kle: ['32.*'], sensitivity: 'SPECIALLY_PROTECTED' }],
} as never;
const at = (second: number) => `2026-01-01T00:00:0${second}Z`;
const TOPIC = feedRecordShape.parse({
  type: 'kle-topic',
  id: '00000000-0000-4000-8000-000000000001',
  registeredAt: at(1),
  source: 'KLE',
  number: '32.30.04',
  title: 'Emne',
});
const person = {
  type: 'person',
  id: '00000000-0000-4000-8000-000000000010',
  registeredAt: at(1),
  source: 'KSD',
  cpr: '0202701234',
  birthDate: '1970-02-02',
  name: 'Prøve',
  sex: 'FEMALE',
  civilStatus: 'UNMARRIED',
  addresses: [],
};
const caseAt = (second: number, sensitivity: number) => ({
  type: 'case',
  id: '00000000-0000-4000-8000-000000000101',
  registeredAt: at(second),
  source: 'KSD',
  ownerCvr: OWN,
  kle: '32.30.04',
  sensitivity,
  caseNumber: '2026-1',
  title: 'Sag',
  history: [{ state: 'ARISEN', on: '2026-01-01' }],
  parties: [{ role: 'PRIMARY', person: 'urn:oio:cpr-nr:0202701234' }],
});

/** @returns the calls that the delivery of one record takes. */
async function costOf(record: object): Promise<string[]> {
  const parts = { ports, now: () => new Date('2026-02-01T00:00:00Z'), topics, lookUps: new LookUps() };
  const taker = new DeliveryTaker(parts, system);
  calls.length = 0;
  await taker.take(JSON.stringify(record));
  await taker.end(undefined);
  expect(taker.report().results).toEqual([expect.objectContaining({ result: 'accepted' })]);
  return calls.map(([name]) => name);
}

let topics: KnownTopics;
test('a new case takes fewer than eleven calls, and a tightened one fewer than fourteen', async () => {
  topics = new KnownTopics(ports);
  await deliver(ports, [TOPIC]);
  expect(await costOf(person)).toContain('citizens.finish');
  const [fresh, tightened, loosened] = [
    await costOf(caseAt(2, 2)),
    await costOf(caseAt(3, 4)),
    await costOf(caseAt(4, 2)),
  ];
  // The first asks whether its topic is known; that is remembered for a while.
  expect([fresh, tightened, loosened].map((cost) => cost.length)).toEqual([10, 13, 13]);
});
