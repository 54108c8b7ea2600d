import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import type { DeliveringSystem } from '../../../gateway/auth/system.js';
import { takeUpEarly } from '../../../intake/messages/early-messages.js';
import { envelopeShape } from '../../../intake/messages/envelope.js';
import { takeMessage } from '../../../intake/messages/take-message.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { envelope } from '../../kit/messages.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
let ports: SubgraphPorts;
let now: Date;
beforeEach(async () => {
  store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = ingestPorts(connection);
  now = new Date('2026-06-01T10:00:00Z');
  const group = (eventTypes: string[]) => ({
    _id: randomUUID(),
    cvr: KORSBAEK,
    revision: 1,
    name: 'Alle',
    eventTypes,
    eventCodes: [],
    kle: ['*'],
    topic: '32.24.04',
    ageFrom: null,
    ageTo: null,
    relations: ['PERSON'],
    receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'benefits') }],
    validFrom: '2020-01-01',
    validTo: null,
    cleanUpDays: null,
    changedBy: 'test',
  });
  await store.client
    .db('alerts')
    .collection<{ _id: string }>('groups')
    .insertMany([group(['REGISTER_EVENT']), group(['CASE_ARISEN'])]);
});
afterEach(() => store[Symbol.asyncDispose]());

const CPR = '0202701234';
const URN = `urn:oio:cpr-nr:${CPR}`;
const system = (code: string, cvr = KORSBAEK): DeliveringSystem => ({
  id: systemId(code),
  code,
  name: code,
  deliveries: [
    {
      cvr,
      kinds: ['alerts', 'persons', 'cases'],
      kle: ['*'],
      sensitivity: 'SENSITIVE',
      crossAuthority: false,
    },
  ],
});
const person = feedRecordShape.parse({
  type: 'person',
  id: randomUUID(),
  registeredAt: '2026-01-01T00:00:00Z',
  source: 'CPR',
  cpr: CPR,
  name: 'Sen Ankomst',
  birthDate: '1970-02-02',
  sex: 'FEMALE',
  civilStatus: 'UNMARRIED',
  status: 'RESIDENT',
  addresses: [{ line: 'Havnegade 1', municipalityCvr: KORSBAEK, from: '2000-01-01', to: null }],
});
const caseOf = (id: string) => ({
  type: 'case',
  id,
  registeredAt: '2026-01-01T00:00:00Z',
  source: 'KSD',
  ownerCvr: KORSBAEK,
  kle: '32.30.04',
  sensitivity: 2,
  unit: null,
  caseNumber: '2026-1',
  title: 'Sag',
  history: [{ state: 'ARISEN', on: '2026-01-01' }],
  parties: [{ role: 'PRIMARY', person: URN }],
});
const parts = (known: DeliveringSystem | null | undefined) => ({
  ports,
  now: () => now,
  systemById: () => Promise.resolve(known),
});
const take = (message: object, from = system('CPR')) =>
  takeMessage(parts(from), from, envelopeShape.parse(message));
const alerts = () => store.client.db('alerts').collection('alerts').find().toArray();
const kept = () => store.client.db('alerts').collection('early-messages').countDocuments();

test('a message that comes before its person waits, is kept once, and makes its alert when the person arrives', async () => {
  const message = envelope('PERSON', URN, '005');
  expect(await take(message)).toEqual({ result: 'waiting' });
  expect(await take(message)).toEqual({ result: 'waiting' });
  expect(await kept()).toBe(1);
  expect(await takeUpEarly(parts(system('CPR')))).toBe(0);
  await deliverInOrder(ports, [person]);
  // What cannot be read now is no reason to delete it.
  expect(await takeUpEarly(parts(undefined))).toBe(0);
  expect(await kept()).toBe(1);
  expect(await takeUpEarly(parts(system('CPR')))).toBe(1);
  expect(await alerts()).toHaveLength(1);
  expect(await kept()).toBe(0);
  expect(await take(message)).toEqual({ result: 'duplicate', alerts: 0 });
  expect(await alerts()).toHaveLength(1);
});

test('a message that comes before its case waits for the case and its parties', async () => {
  const id = randomUUID();
  expect(await take(envelope('CASE', id, 'Opstået'), system('KSD'))).toEqual({ result: 'waiting' });
  const record = feedRecordShape.parse(caseOf(id));
  await deliverInOrder(ports, [record]);
  // The case is there; its party is not.
  expect(await takeUpEarly(parts(system('KSD')))).toBe(0);
  await deliverInOrder(ports, [person]);
  expect(await takeUpEarly(parts(system('KSD')))).toBe(1);
  expect(await alerts()).toEqual([expect.objectContaining({ caseId: id, eventType: 'CASE_ARISEN' })]);
});

test('what no agreement could ever cover does not wait, and what waits is let go of after ninety days', async () => {
  const message = envelope('PERSON', URN, '005', { securityClass: 'VIP_SAGER' });
  expect(await take(message)).toMatchObject({ result: 'ignored' });
  expect(await kept()).toBe(0);
  await take(envelope('PERSON', URN, '005'));
  now = new Date('2026-08-29T10:00:00Z');
  await ports.alerts.cleanUp(now);
  expect(await kept()).toBe(1);
  now = new Date('2026-08-31T10:00:00Z');
  await ports.alerts.cleanUp(now);
  expect(await kept()).toBe(0);
});

test('a sender whose agreement has ended meanwhile makes no alert, and the message is let go of', async () => {
  await take(envelope('PERSON', URN, '005'));
  await take(envelope('PERSON', URN, '004'));
  await deliverInOrder(ports, [person]);
  expect(await takeUpEarly(parts({ ...system('CPR'), deliveries: [] }))).toBe(2);
  expect(await alerts()).toEqual([]);
  expect(await kept()).toBe(0);
});

test('a case of a company is known at once: its message does not wait for a person who will never come', async () => {
  const id = randomUUID();
  const company = feedRecordShape.parse({
    type: 'company',
    id: randomUUID(),
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'CVR',
    cvr: '13748136',
    name: 'Prøvefirma ApS',
  });
  const record = feedRecordShape.parse({
    ...caseOf(id),
    parties: [{ role: 'PRIMARY', person: 'urn:oio:cvr-nr:13748136' }],
  });
  await deliverInOrder(ports, [company, record]);
  expect(await take(envelope('CASE', id, 'Opstået'), system('KSD'))).toEqual({ result: 'taken', alerts: 0 });
  expect(await kept()).toBe(0);
});

test('one message that cannot be taken up holds up no other, and its failure is reported', async () => {
  const other = 'urn:oio:cpr-nr:0303701234';
  await take(envelope('PERSON', other, '005', { messageId: '00000000-0000-4000-8000-000000000001' }));
  await take(envelope('PERSON', URN, '005', { messageId: 'ffffffff-ffff-4fff-bfff-ffffffffffff' }));
  const second = { ...person, id: randomUUID(), cpr: '0303701234' };
  await deliverInOrder(ports, [person, feedRecordShape.parse(JSON.parse(JSON.stringify(second)))]);
  const event: SubgraphPorts['alerts']['event'] = (incoming) =>
    incoming.messageId.startsWith('0')
      ? Promise.reject(new Error('the first is poison'))
      : ports.alerts.event(incoming);
  const poisoned = { ...parts(system('CPR')), ports: { ...ports, alerts: { ...ports.alerts, event } } };
  await expect(takeUpEarly(poisoned)).rejects.toThrow('the first is poison');
  expect(await alerts()).toHaveLength(1);
  expect(await kept()).toBe(1);
});

const removal = (of: string, id: string, source: string) =>
  feedRecordShape.parse({ type: 'removal', of, id, source, registeredAt: '2026-02-01T00:00:00Z' });

test('a message that comes again after its person was removed is a duplicate, and is not kept', async () => {
  const message = envelope('PERSON', URN, '005');
  await deliverInOrder(ports, [person]);
  expect(await take(message)).toEqual({ result: 'taken', alerts: 1 });
  await deliverInOrder(ports, [removal('person', person.id, 'CPR')]);
  expect(await take(message)).toEqual({ result: 'duplicate', alerts: 0 });
  expect(await kept()).toBe(0);
  // Another message about the same number may be for somebody who comes yet.
  expect(await take(envelope('PERSON', URN, '005'))).toEqual({ result: 'waiting' });
});

test('so is one about a case that was removed', async () => {
  const id = randomUUID();
  const message = envelope('CASE', id, 'Opstået');
  await deliverInOrder(ports, [person, feedRecordShape.parse(caseOf(id))]);
  expect(await take(message, system('KSD'))).toEqual({ result: 'taken', alerts: 1 });
  await deliverInOrder(ports, [removal('case', id, 'KSD')]);
  expect(await take(message, system('KSD'))).toEqual({ result: 'duplicate', alerts: 0 });
  expect(await kept()).toBe(0);
});

test('a case without a primary party keeps no message: it is taken for those it has', async () => {
  const id = randomUUID();
  const parties = [{ role: 'SECONDARY', person: URN }];
  await deliverInOrder(ports, [person, feedRecordShape.parse({ ...caseOf(id), parties })]);
  expect(await take(envelope('CASE', id, 'Opstået'), system('KSD'))).toEqual({ result: 'taken', alerts: 0 });
  expect(await kept()).toBe(0);
});

test('a message kept before such a case is let go of when the case and its parties are there', async () => {
  const id = randomUUID();
  const parties = [{ role: 'SECONDARY', person: URN }];
  expect(await take(envelope('CASE', id, 'Opstået'), system('KSD'))).toEqual({ result: 'waiting' });
  await deliverInOrder(ports, [feedRecordShape.parse({ ...caseOf(id), parties })]);
  expect(await takeUpEarly(parts(system('KSD')))).toBe(0);
  await deliverInOrder(ports, [person]);
  expect(await takeUpEarly(parts(system('KSD')))).toBe(1);
  expect(await kept()).toBe(0);
});
