import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Filter } from 'mongodb';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { resumeHandovers } from '../../../intake/in-step/resume-handovers.js';
import type { GrantRecord } from '../../../subgraphs/benefits/source/records.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { compileAlertAccess } from '../../../subgraphs/shared/policy/alert-access.js';
import { compileBenefitAccess } from '../../../subgraphs/shared/policy/benefit-access.js';
import { compileDocumentAccess } from '../../../subgraphs/shared/policy/document-access.js';
import type { Grant } from '../../../subgraphs/shared/policy/grants.js';
import { agreement, OWN, requester } from '../../kit/access.js';
import { dyingPorts } from '../../kit/dying-ports.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
let ports: SubgraphPorts;
beforeAll(async () => {
  store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = ingestPorts(connection);
});
afterAll(() => store[Symbol.asyncDispose]());

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const CASE = uuid(1);
const URN = 'urn:oio:cpr-nr:0202701234';
const access = { ownerCvr: OWN, kle: '32.30.04', sensitivity: 2, unit: null };
const head = (n: number, second: number) => ({
  id: uuid(n),
  registeredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  source: 'KSD',
});
const caseAt = (second: number, sensitivity: number) =>
  feedRecordShape.parse({
    type: 'case',
    ...head(1, second),
    ...access,
    sensitivity,
    caseNumber: '2026-1',
    title: 'Sag',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: URN }],
  });
const document = (n: number, second = 1) =>
  feedRecordShape.parse({
    type: 'document',
    ...head(n, second),
    ...access,
    title: 'Brev',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-01',
    caseIds: [CASE],
    parties: [URN],
  });
const alert = feedRecordShape.parse({
  type: 'alert',
  ...head(300, 1),
  ...access,
  eventType: 'CASE_ARISEN',
  title: 'Ny sag',
  receivedAt: '2026-01-01T00:00:00Z',
  caseId: CASE,
  party: URN,
});

/** The grant itself is shown by rights of its own; that it hangs on the case is what follows the case. */
const grant = feedRecordShape.parse({
  type: 'grant',
  ...head(400, 1),
  ownerCvr: OWN,
  sensitivity: 2,
  status: 'ACTIVE',
  startsOn: '2026-01-01',
  caseId: CASE,
  party: URN,
  benefits: [{ id: uuid(401), name: 'Sygedagpenge', kle: '32.30.04', startsOn: '2026-01-01' }],
});

const GRANTS: readonly Grant[] = [
  ...(['case-read', 'document-read', 'benefit-read'] as const).map((role) => ({
    role,
    cvr: OWN,
    kle: ['*'],
    sensitivity: 2 as const,
  })),
  { role: 'alert-read', cvr: OWN, kle: ['*'] },
];
const documents = compileDocumentAccess(GRANTS, [agreement()], requester);
const alerts = compileAlertAccess(GRANTS, [agreement()], requester);

const benefits = compileBenefitAccess(GRANTS, [agreement()], requester, {
  purpose: null,
  today: '2026-06-01',
});

const present = () => store.client.db('cases').collection<{ _id: string }>('cases').findOne({ _id: CASE });
const visible = async (): Promise<number> => {
  const shown = await Promise.all([
    store.client
      .db('documents')
      .collection('documents')
      .countDocuments(documents.filter() as Filter<object>),
    store.client
      .db('alerts')
      .collection('alerts')
      .countDocuments(alerts.filter() as Filter<object>),
  ]);
  const grants = await store.client.db('benefits').collection<GrantRecord>('grants').find().toArray();
  const led = grants.filter(({ caseFacts }) => caseFacts !== null && benefits.cases.matches(caseFacts));
  return shown[0] + shown[1] + led.length;
};

test('while a case is tightened, with kills, no read of what hangs on it shows what is no longer allowed', async () => {
  await deliverInOrder(ports, [caseAt(1, 2), document(200), document(201), alert, grant]);
  expect(await visible()).toBe(4);
  let writing = true;
  let [tight, open, looks] = [0, 0, 0];
  const leaks: unknown[] = [];
  const read = async (): Promise<void> => {
    while (writing) {
      const before = (await present()) as any;
      const shown = await visible();
      const after = (await present()) as any;
      looks++;
      if (before.registeredAt.getTime() !== after.registeredAt.getTime()) continue;
      if (before.access.sensitivity === 4) {
        tight++;
        if (shown > 0) leaks.push({ shown, at: before.registeredAt });
      } else if (shown > 0) open++;
    }
  };
  const write = async (): Promise<void> => {
    for (let second = 2; second < 42; second++) {
      const record = caseAt(second, second % 2 === 0 ? 4 : 2);
      // Documents arrive and change meanwhile; every third delivery dies at another of its calls and is sent again.
      const batch = [record, document(202 + (second % 5), second)];
      if (second % 3 === 0)
        await deliverInOrder(dyingPorts(ports, second % 11), batch).catch(() => undefined);
      await deliverInOrder(ports, batch);
    }
    writing = false;
  };
  await Promise.all([write(), read(), read()]);
  expect(leaks).toEqual([]);
  // Reads that saw nothing tight, or nothing at all, would prove nothing.
  expect([tight > 0, open > 0, looks > 20]).toEqual([true, true, true]);
  await resumeHandovers(ports, new Date(Date.now() + 1000));
  expect(((await present()) as any).access.sensitivity).toBe(2);
  expect(await visible()).toBe(9);
}, 120_000);

test('a crash after the owner has been tightened leaves the copies hidden, not shown', async () => {
  for (let calls = 0; calls < 12; calls++) {
    const second = 100 + 2 * calls;
    await deliverInOrder(ports, [caseAt(second, 2)]);
    expect(await visible()).toBe(9);
    await deliverInOrder(dyingPorts(ports, calls), [caseAt(second + 1, 4)]).catch(() => undefined);
    const { access: facts } = (await present()) as any;
    if (facts.sensitivity === 4) expect(await visible()).toBe(0);
    await resumeHandovers(ports, new Date(Date.now() + 1000));
    expect(await visible()).toBe(((await present()) as any).access.sensitivity === 4 ? 0 : 9);
  }
}, 120_000);

test('another source that names the case hides nothing of it, and a deletion that is refused neither', async () => {
  await deliverInOrder(ports, [caseAt(500, 2)]);
  expect(await visible()).toBe(9);
  const foreign = { ...caseAt(501, 4), source: 'KY' };
  const removal = feedRecordShape.parse({ type: 'removal', ...head(1, 502), source: 'KY', of: 'case' });
  expect(await deliverInOrder(ports, [foreign, removal])).toEqual(['foreign', 'foreign']);
  expect(await visible()).toBe(9);
  const gone = feedRecordShape.parse({ type: 'removal', ...head(1, 503), of: 'case' });
  expect(await deliverInOrder(ports, [gone])).toEqual(['accepted']);
  expect(await visible()).toBe(0);
  await resumeHandovers(ports, new Date(Date.now() + 1000));
  expect(await visible()).toBe(0);
}, 60_000);
