import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { resumeHandovers } from '../../../intake/in-step/resume-handovers.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { keepAccessIds } from '../../../subgraphs/access/ingest/keep-ids.js';
import { keepAlertIds } from '../../../subgraphs/alerts/ingest/keep-ids.js';
import { keepBenefitIds } from '../../../subgraphs/benefits/ingest/keep-ids.js';
import { keepCaseIds } from '../../../subgraphs/cases/ingest/keep-ids.js';
import { keepCitizenIds } from '../../../subgraphs/citizens/ingest/keep-ids.js';
import { keepDocumentIds } from '../../../subgraphs/documents/ingest/keep-ids.js';
import type { SubgraphPorts } from '../../../subgraphs/shared/ports/ports.js';
import { feedRecordShape, type FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { startTestStore, type TestStore } from '../../kit/store.js';
import { clearStored, storedState, worldOfRecords } from '../../kit/world-of-records.js';

/**
 * What an earlier version has stored: ids as they were spelled, whatever their letters, and compared letter by letter.
 * Records are handed to the ports as that version did, past the shapes that spell ids in lower case today.
 */
let store: TestStore;
let ports: SubgraphPorts;
const database = (name: string) => store.client.db(name);
beforeAll(async () => {
  store = await startTestStore();
  await buildSubgraphIndexes({ database });
  ports = ingestPorts({ database });
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => clearStored(store));

const RECORDS = worldOfRecords();
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
/** An id with letters in it, from one with digits alone. */
const lettered = (id: string): string => `abcdefab${id.slice(8)}`;

function respell<T>(value: T, spell: (id: string) => string): T {
  if (typeof value === 'string') return (UUID.test(value) ? spell(value) : value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => respell(part, spell)) as T;
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, respell(inner as unknown, spell)]),
  ) as T;
}

const LOWER: readonly FeedRecord[] = RECORDS.map((record) => respell(record, lettered));

async function renew(): Promise<number> {
  const steps = [keepCitizenIds, keepCaseIds, keepDocumentIds, keepBenefitIds, keepAlertIds, keepAccessIds];
  const names = ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access'];
  const changed = await Promise.all(steps.map((step, i) => step(database(names[i]!))));
  await resumeHandovers(ports, new Date(1000));
  return changed.reduce((sum, count) => sum + count, 0);
}

test('whatever spellings were stored, they become what the same delivery in lower case is today', async () => {
  await deliverInOrder(ports, LOWER);
  const today = await storedState(store);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.constantFrom('lower', 'upper', 'mixed')), async (spellings) => {
      await clearStored(store);
      const spell = (id: string): string => {
        const spelling = spellings.next().value;
        if (spelling === 'lower') return id;
        return spelling === 'upper' ? id.toUpperCase() : id.slice(0, 4) + id.slice(4).toUpperCase();
      };
      for (const record of LOWER) await deliverInOrder(ports, [respell(record, spell)]);
      await renew();
      expect(await storedState(store)).toEqual(today);
      expect(await ports.cases.unfinished(new Date(Date.now() + 1000))).toEqual([]);
    }),
    { numRuns: 8 },
  );
}, 120_000);

test('it is done once, and a second time changes nothing', async () => {
  await deliverInOrder(
    ports,
    LOWER.map((record) => respell(record, (id) => id.toUpperCase())),
  );
  expect(await renew()).toBeGreaterThan(0);
  const once = await storedState(store);
  expect(await renew()).toBe(0);
  for (const name of ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access'])
    await database(name).collection('renewals').deleteMany({});
  expect(await renew()).toBe(0);
  expect(await storedState(store)).toEqual(once);
});

const person = (id: string, second: number, more: object = {}) => ({
  ...feedRecordShape.parse({
    type: 'person',
    id: '00000000-0000-4000-8000-000000000000',
    registeredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    source: 'CPR',
    cpr: '0202701234',
    birthDate: '1970-02-02',
    name: `Prøve ${second}`,
    sex: 'FEMALE',
    civilStatus: 'UNMARRIED',
    addresses: [],
    ...more,
  }),
  id,
});
const removal = (id: string, second: number, source: string) => ({
  ...feedRecordShape.parse({
    type: 'removal',
    id: '00000000-0000-4000-8000-000000000000',
    registeredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    source,
    of: 'person',
  }),
  id,
});
const ID = '7c1e0a52-3b7d-4e0f-9a11-0d6b5c2f8e01';
const persons = () => database('citizens').collection('citizens').find({}).toArray();

test.each([
  ['upper', ID.toUpperCase(), ID],
  ['lower', ID, ID.toUpperCase()],
])('a removal in another case than the record (%s) takes effect', async (_name, recordId, removalId) => {
  await deliverInOrder(ports, [person(recordId, 1)]);
  await deliverInOrder(ports, [removal(removalId, 2, 'CPR')]);
  expect(await persons()).toHaveLength(1);
  await renew();
  expect(await persons()).toEqual([]);
  // And what was registered before it does not come back.
  expect(await deliverInOrder(ports, [person(ID, 1)])).toEqual(['superseded']);
});

test('a removal by another source than the record takes nothing away', async () => {
  await deliverInOrder(ports, [person(ID.toUpperCase(), 1)]);
  await deliverInOrder(ports, [removal(ID, 2, 'OTHER')]);
  await renew();
  expect((await persons()).map(({ _id }) => _id)).toEqual([ID]);
});

test('a user in another case is known again by who signs in, with the kin the register has', async () => {
  const SUBJECT = '0A1B2C3D-0000-4000-8000-00000000000F';
  const spouse = person('ABCDEFAB-0000-4000-8000-000000000002', 1, { cpr: '0302701238' });
  const relations = [{ relation: 'SPOUSE', person: 'urn:oio:cpr-nr:0302701238' }];
  await deliverInOrder(ports, [person(ID.toUpperCase(), 1, { relations }), spouse]);
  await ports.access.users([
    {
      cvr: '12345678',
      subject: SUBJECT,
      name: null,
      unit: SUBJECT,
      jobFunctionRoles: ['https://korsbaek.dk/roles/x'],
      personId: ID.toUpperCase(),
    },
  ]);
  await renew();
  expect(await ports.access.userAs('12345678', SUBJECT.toLowerCase())).toEqual({
    unit: SUBJECT.toLowerCase(),
    personId: ID,
  });
  const users = await database('access').collection('users').find({}).toArray();
  expect(users.map(({ kin }) => kin)).toEqual([[spouse.id.toLowerCase()]]);
});

test('what people have written stays as they wrote it', async () => {
  const title = ID.toUpperCase();
  const note = feedRecordShape.parse({
    type: 'note',
    id: '00000000-0000-4000-8000-000000000001',
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'KSD',
    caseId: ID,
    title,
    text: title,
    writtenOn: '2026-01-01',
  });
  await deliverInOrder(ports, [{ ...note, caseId: title } as FeedRecord]);
  await renew();
  const [kept] = await database('cases').collection('notes').find({}).toArray();
  expect(kept).toMatchObject({ caseId: ID, title, text: title });
});
