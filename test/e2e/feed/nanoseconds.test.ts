import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KORSBAEK } from '../../../seed/authorities.js';
import type { FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { must } from '../../kit/administration.js';
import { aCase, aPerson, sourceCalls, type SourceCalls } from '../../kit/source-calls.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

/** Registrations of one record within one millisecond, as systems with finer clocks write them. */
let stack: Stack;
let sources: SourceCalls;
const person = aPerson();
const made = aCase(person.cpr);
const grantId = randomUUID();
beforeAll(async () => {
  stack = await startAllInOne();
  sources = await sourceCalls(stack);
  await sources.deliver('CPR', person);
  await sources.deliver('KSD', made);
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const within = (nanoseconds: number) => `2026-01-02T12:00:00.123${String(nanoseconds).padStart(6, '0')}Z`;
const urn = () => `urn:oio:cpr-nr:${person.cpr}`;
const area = { source: 'KSD', ownerCvr: KORSBAEK, kle: '32.30.04', sensitivity: 2 };
const money = { grossOre: 100, afterTaxOre: 60, sentOre: 60 };
const month = { periodFrom: '2026-01-01', periodTo: '2026-01-31', disposalDate: '2026-01-31' };
const LINES = [{ text: 'Sygedagpenge', kle: '32.30.04', amountOre: 100 }];
const benefit = { id: randomUUID(), name: 'Sygedagpenge', kle: '32.30.04', startsOn: '2026-01-01' };

type Type = Exclude<FeedRecord['type'], 'removal' | 'remark'>;
/** One record of each type that source systems deliver. */
const RECORDS: Readonly<Record<Type, () => { source: string } & Record<string, unknown>>> = {
  person: () => aPerson(),
  company: () => ({ source: 'CVR', cvr: '10000009', name: 'Prøve ApS' }),
  case: () => aCase(person.cpr),
  note: () => ({ source: 'KSD', caseId: made.id, title: 'Notat', text: 'x', writtenOn: '2026-01-01' }),
  document: () => ({
    ...area,
    title: 'Brev',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-02',
    caseIds: [],
    parties: [urn()],
  }),
  grant: () => {
    const { kle: _kle, ...rest } = area;
    return {
      ...rest,
      id: grantId,
      status: 'ACTIVE',
      startsOn: '2026-01-01',
      party: urn(),
      benefits: [benefit],
    };
  },
  payment: () => ({ source: 'KSD', ownerCvr: KORSBAEK, grantId, ...month, ...money, lines: LINES }),
  alert: () => ({
    ...area,
    eventType: 'CASE_ARISEN',
    title: 'Ny sag',
    receivedAt: '2026-01-02T12:00:00Z',
    caseId: null,
    party: urn(),
  }),
  'organisation-unit': () => ({
    source: 'ORGANISATION',
    cvr: KORSBAEK,
    name: 'Prøveenhed',
    contact: 'tlf. 00000000',
  }),
  user: () => ({ source: 'ORGANISATION', cvr: KORSBAEK, subject: randomUUID() }),
  'kle-topic': () => ({ source: 'KLASSIFIKATION', number: '00.01.00', title: 'Kommunens virksomhed' }),
};

test.each(Object.keys(RECORDS) as Type[])(
  '%s: each registration within a millisecond is one of its own, in whatever order they come',
  async (type) => {
    const record = { id: randomUUID(), ...RECORDS[type](), type };
    const outcomes: string[] = [];
    for (const nanoseconds of [200, 900_000, 900_000, 500]) {
      const answer = await sources.deliver(record.source, { ...record, registeredAt: within(nanoseconds) });
      outcomes.push(answer.results?.[0]?.result ?? JSON.stringify(answer));
    }
    expect(outcomes).toEqual(['accepted', 'accepted', 'duplicate', 'superseded']);
  },
);

const CASE = 'query ($id: ID!) { case(id: $id) { title } }';
const titleOf = async (id: string) =>
  (await must(stack, 'benefit-caseworker', CASE, { id })).data.case?.title ?? null;

test('the latest within a millisecond is shown, and a removal takes only what was registered before it', async () => {
  const record = aCase(person.cpr);
  await sources.deliver('KSD', { ...record, title: 'Anden', registeredAt: within(300) });
  await sources.deliver('KSD', { ...record, title: 'Første', registeredAt: within(100) });
  expect(await titleOf(record.id)).toBe('Anden');
  const removal = { type: 'removal', of: 'case', id: record.id, source: 'KSD' };
  await sources.deliver('KSD', { ...removal, registeredAt: within(200) });
  expect(await titleOf(record.id)).toBe('Anden');
  await sources.deliver('KSD', { ...removal, registeredAt: within(400) });
  expect(await titleOf(record.id)).toBeNull();
  await sources.deliver('KSD', { ...record, title: 'Tredje', registeredAt: within(350) });
  expect(await titleOf(record.id)).toBeNull();
  await sources.deliver('KSD', { ...record, title: 'Fjerde', registeredAt: within(500) });
  expect(await titleOf(record.id)).toBe('Fjerde');
});

test('a case that is tightened within a millisecond takes its documents with it', async () => {
  const record = aCase(person.cpr);
  const document = { id: randomUUID(), ...RECORDS.document(), type: 'document', caseIds: [record.id] };
  await sources.deliver('KSD', { ...record, registeredAt: within(100) });
  await sources.deliver('KSD', { ...document, registeredAt: within(100) });
  const DOCUMENT = 'query ($id: ID!) { document(id: $id) { title } }';
  const shown = async () =>
    (await must(stack, 'benefit-caseworker', DOCUMENT, { id: document.id })).data.document !== null;
  expect(await shown()).toBe(true);
  await sources.deliver('KSD', { ...record, profile: [randomUUID()], registeredAt: within(200) });
  expect(await shown()).toBe(false);
  await sources.deliver('KSD', { ...record, registeredAt: within(150) });
  expect(await shown()).toBe(false);
  await sources.deliver('KSD', { ...record, registeredAt: within(300) });
  expect(await shown()).toBe(true);
});
