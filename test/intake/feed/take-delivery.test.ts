import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DeliveringSystem } from '../../../gateway/auth/system.js';
import { LookUps } from '../../../gateway/http/look-ups-first.js';
import { KnownTopics } from '../../../intake/feed/known-topics.js';
import { DeliveryTaker } from '../../../intake/feed/take-delivery.js';
import { deliver } from '../../../intake/in-step/deliver.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { startTestStore, type TestStore } from '../../kit/store.js';
import { clearStored } from '../../kit/world-of-records.js';

const OWN = '12345678';
const OTHER = '23456780';
const NOW = new Date('2026-02-01T00:00:00Z');
const [KLE, CPR] = ['32.30.04', '0202701234'];
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const system = (code = 'KSD'): DeliveringSystem => ({
  id: uuid(900),
  code,
  name: code,
  deliveries: [
    {
      cvr: OWN,
      kinds: ['persons', 'cases', 'documents', 'classification'],
      kle: ['32.*'],
      sensitivity: 'SPECIALLY_PROTECTED',
      crossAuthority: false,
    },
  ],
});

let store: TestStore;
let ports: SubgraphPorts;
let topics: KnownTopics;
beforeAll(async () => {
  store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = ingestPorts(connection);
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await clearStored(store);
  await store.client.db('access').collection('rejects').deleteMany({});
  topics = new KnownTopics(ports);
  await deliver(ports, [feedRecordShape.parse(topic(1, KLE, 'KLE'))]);
});

const topic = (n: number, number: string, source = 'KSD') => ({
  type: 'kle-topic',
  id: uuid(n),
  registeredAt: at(1),
  source,
  number,
  title: 'Emne',
});
const caseOf = (n: number, change: object = {}) => ({
  type: 'case',
  id: uuid(100 + n),
  registeredAt: at(1),
  source: 'KSD',
  ownerCvr: OWN,
  kle: KLE,
  sensitivity: 2,
  caseNumber: `2026-${n}`,
  title: 'Sag',
  history: [{ state: 'ARISEN', on: '2026-01-01' }],
  parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${CPR}` }],
  ...change,
});

/** Delivers records in one go. @returns what became of each, as the answer and its totals say */
async function take(
  records: readonly (object | string)[],
  { over = ports, from = system(), sequence = undefined as number | undefined } = {},
) {
  const taker = new DeliveryTaker({ ports: over, now: () => NOW, topics, lookUps: new LookUps() }, from);
  for (const record of records)
    await taker.take(typeof record === 'string' ? record : JSON.stringify(record));
  await taker.end(sequence);
  const { totals, results } = taker.report();
  return { totals, results, words: results.map(({ result, rule }) => rule ?? result) };
}
const rejects = async (source = 'KSD') =>
  (await ports.access.rejectsOf(source, null, 9)).map(({ recordId, field, rule }) => [recordId, field, rule]);

const OF_ANOTHER = 'an id no record of another type uses';
const UNKNOWN_TOPIC = 'a topic of the classification';

test('each record has its result in its place, and the totals are theirs', async () => {
  await take([caseOf(2, { registeredAt: at(5) })]);
  const { totals, results } = await take([
    caseOf(1),
    'no JSON',
    caseOf(2, { registeredAt: at(5) }),
    caseOf(2, { registeredAt: at(4) }),
    caseOf(3, { ownerCvr: OTHER }),
  ]);
  expect(results).toEqual([
    { index: 0, id: uuid(101), result: 'accepted' },
    { index: 1, id: null, result: 'rejected', field: '', rule: 'JSON' },
    { index: 2, id: uuid(102), result: 'duplicate' },
    { index: 3, id: uuid(102), result: 'superseded' },
    {
      index: 4,
      id: uuid(103),
      result: 'rejected',
      field: 'ownerCvr',
      rule: 'an authority with a service agreement',
    },
  ]);
  expect(totals).toEqual({ delivered: 5, accepted: 1, duplicate: 1, superseded: 1, rejected: 2 });
});

test('what is rejected is kept until its record is taken', async () => {
  await take([caseOf(1, { ownerCvr: OTHER }), caseOf(2, { kle: '32.30.05' }), 'no JSON']);
  expect((await rejects()).sort()).toEqual([
    [null, '', 'JSON'],
    [uuid(101), 'ownerCvr', 'an authority with a service agreement'],
    [uuid(102), 'kle', UNKNOWN_TOPIC],
  ]);
  await take([caseOf(1)]);
  expect((await rejects()).map(([id]) => id).sort()).toEqual([null, uuid(102)].sort());
  // Taken in one line and refused in another of the same delivery: it is still to be corrected.
  await take([caseOf(2), caseOf(2, { registeredAt: at(2), ownerCvr: OTHER })]);
  expect((await rejects()).map(([id]) => id)).toContain(uuid(102));
});

test('one id is one type within a delivery, its removal among them', async () => {
  const removal = (n: number, of: string) => ({
    type: 'removal',
    id: uuid(100 + n),
    registeredAt: at(9),
    source: 'KSD',
    of,
  });
  const { words, results } = await take([
    caseOf(1),
    { ...topic(101, '32.30.05') },
    removal(1, 'document'),
    removal(1, 'case'),
    removal(2, 'document'),
    caseOf(2),
  ]);
  expect(words).toEqual(['accepted', OF_ANOTHER, OF_ANOTHER, 'accepted', 'accepted', OF_ANOTHER]);
  expect(results[1]).toMatchObject({ id: uuid(101), field: 'id' });
});

test('an id that another system uses is refused by name', async () => {
  await take([caseOf(1)]);
  const { results } = await take([caseOf(1, { source: 'KY', registeredAt: at(3) })], { from: system('KY') });
  expect(results).toEqual([
    {
      index: 0,
      id: uuid(101),
      result: 'rejected',
      field: 'id',
      rule: 'an id no other source system uses',
    },
  ]);
  expect(await rejects('KY')).toEqual([[uuid(101), 'id', 'an id no other source system uses']]);
});

test('a topic is known when it is stored, or comes in the same batch', async () => {
  const [unknown, own] = [caseOf(1, { kle: '32.30.05' }), caseOf(2, { kle: '32.30.06' })];
  const { words } = await take([unknown, own, topic(2, '32.30.06'), caseOf(3)]);
  expect(words).toEqual([UNKNOWN_TOPIC, 'accepted', 'accepted', 'accepted']);
});

test('a batch is stored while the next is read, and all have their result', async () => {
  const stored = () => store.client.db('cases').collection('cases').countDocuments();
  const taker = new DeliveryTaker({ ports, now: () => NOW, topics, lookUps: new LookUps() }, system());
  for (let n = 0; n < 499; n++) await taker.take('no JSON');
  expect(taker.report().totals.delivered).toBe(0);
  await taker.take(JSON.stringify(caseOf(1)));
  for (let n = 0; n < 500; n++) await taker.take('no JSON');
  expect([taker.report().totals.delivered, await stored()]).toEqual([500, 1]);
  await taker.end(undefined);
  expect(taker.report().totals).toMatchObject({ delivered: 1000, accepted: 1, rejected: 999 });
  expect(taker.report().results.map(({ index }) => index)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

test('a batch that fails is reported to whoever waits for it next, once, and has no results', async () => {
  const away = {
    ...ports,
    cases: { ...ports.cases, take: () => Promise.reject(new Error('the cases are away')) },
  } as SubgraphPorts;
  const taker = new DeliveryTaker({ ports: away, now: () => NOW, topics, lookUps: new LookUps() }, system());
  for (let n = 0; n < 500; n++) await taker.take(JSON.stringify(caseOf(n)));
  await expect(taker.end(undefined)).rejects.toThrow('the cases are away');
  expect(taker.report().totals.delivered).toBe(0);
  await taker.end(undefined);
});

test('a delivery is noted for each kind and authority, with its number where it has one', async () => {
  const notes: object[] = [];
  const noting = {
    ...ports,
    cases: { ...ports.cases, delivered: (note: object) => Promise.resolve(void notes.push(note)) },
  } as SubgraphPorts;
  await take(['no JSON'], { over: noting, sequence: 1 });
  expect(notes).toEqual([]);
  await take([caseOf(1), caseOf(2, { registeredAt: at(2) }), caseOf(3, { ownerCvr: OTHER })], {
    over: noting,
  });
  await take([caseOf(1)], { over: noting, sequence: 3 });
  const note = { source: 'KSD', cvr: OWN, at: NOW };
  expect(notes).toEqual([
    { ...note, records: 2, lagMs: NOW.getTime() - Date.parse(at(2)) },
    { ...note, records: 1, lagMs: NOW.getTime() - Date.parse(at(1)), gaps: 1 },
  ]);
});
