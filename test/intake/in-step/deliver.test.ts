import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { resumeHandovers } from '../../../intake/in-step/resume-handovers.js';
import type { StoreConnection } from '../../../store/connection.js';
import type { IngestPorts } from '../../../subgraphs/shared/ports/ingest-port.js';
import { feedRecordShape, type FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { dyingPorts } from '../../kit/dying-ports.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
let connection: Pick<StoreConnection, 'database'>;
let ports: IngestPorts;
beforeAll(async () => {
  store = await startTestStore();
  connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  ports = ingestPorts(connection);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** Fails modulus 11, so they are nobody's. */
const CPRS = ['0202701234', '0302701238', '0402701232'];
const urn = (i: number): string => `urn:oio:cpr-nr:${CPRS[i]}`;
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const access = { ownerCvr: '12345678', kle: '32.30.04', sensitivity: 2 };
const head = (n: number, second: number, source = 'KSD') => ({
  id: uuid(n),
  registeredAt: at(second),
  source,
});

const person = (i: number, second: number, more: object = {}) => ({
  type: 'person',
  ...head(10 + i, second, 'CPR'),
  cpr: CPRS[i]!,
  birthDate: '1970-02-02',
  name: `Prøve ${i} v${second}`,
  sex: 'FEMALE',
  civilStatus: 'UNMARRIED',
  addresses: [],
  ...more,
});
const caseOf = (n: number, second: number, more: object = {}) => ({
  type: 'case',
  ...head(100 + n, second),
  ...access,
  caseNumber: `2026-${n}`,
  title: `Sag ${second}`,
  history: [{ state: 'ARISEN', on: '2026-01-01' }],
  parties: [{ role: 'PRIMARY', person: urn(0) }],
  ...more,
});
const WORLD: readonly object[] = [
  person(0, 1, { relations: [{ relation: 'SPOUSE', person: urn(1) }] }),
  person(1, 1),
  person(1, 4, { mergedInto: uuid(10) }),
  person(2, 2),
  person(2, 6, { cpr: '0502701236', formerCprs: [CPRS[2]] }),
  caseOf(1, 1),
  caseOf(1, 3, { sensitivity: 4, parties: [{ role: 'PRIMARY', person: urn(1) }] }),
  caseOf(2, 1, { parties: [{ role: 'PRIMARY', person: urn(2) }] }),
  { type: 'removal', ...head(102, 5), of: 'case' },
  caseOf(3, 2),
  { type: 'note', ...head(150, 1), caseId: uuid(101), title: 'Notat', text: 'x', writtenOn: '2026-01-01' },
  {
    type: 'document',
    ...head(200, 1),
    ...access,
    title: 'Brev',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-01',
    caseIds: [uuid(101), uuid(102)],
    parties: [urn(0), urn(2)],
  },
  {
    type: 'document',
    ...head(200, 2),
    ...access,
    title: 'Brev 2',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-01',
    caseIds: [uuid(102), uuid(103)],
    parties: [urn(1)],
  },
  {
    type: 'document',
    ...head(201, 1),
    ...access,
    title: 'Løst brev',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-01',
    parties: [urn(2)],
  },
  {
    type: 'grant',
    ...head(300, 1),
    ownerCvr: '12345678',
    sensitivity: 2,
    status: 'ACTIVE',
    startsOn: '2026-01-01',
    caseId: uuid(101),
    party: urn(1),
    benefits: [{ id: uuid(900), name: 'Sygedagpenge', kle: '32.30.04', startsOn: '2026-01-01' }],
  },
  ...[1, 2, 3].map((second) => ({
    type: 'payment',
    ...head(400 + second, 1),
    grantId: uuid(300),
    ownerCvr: '12345678',
    periodFrom: '2026-01-01',
    periodTo: '2026-01-31',
    disposalDate: `2026-0${second}-01`,
    grossOre: 1,
    afterTaxOre: 1,
    sentOre: 1,
    lines: [{ text: 'x', kle: second === 3 ? '32.24.04' : '32.30.04', amountOre: 1 }],
  })),
  {
    type: 'payment',
    ...head(402, 4),
    grantId: uuid(300),
    ownerCvr: '12345678',
    periodFrom: '2026-01-01',
    periodTo: '2026-01-31',
    disposalDate: '2026-01-20',
    grossOre: 1,
    afterTaxOre: 1,
    sentOre: 1,
    lines: [{ text: 'x', kle: '32.30.04', amountOre: 1 }],
  },
  { type: 'removal', ...head(403, 2), of: 'payment' },
  {
    type: 'alert',
    ...head(500, 1),
    ...access,
    eventType: 'CASE_ARISEN',
    title: 'Ny sag',
    receivedAt: at(1),
    caseId: uuid(101),
    party: urn(2),
  },
];
const RECORDS: readonly FeedRecord[] = WORLD.map((record) => feedRecordShape.parse(record));

const COLLECTIONS = {
  citizens: ['citizens', 'companies', 'remarks', 'ties', 'removed', 'history'],
  cases: ['cases', 'notes', 'removed', 'history'],
  documents: ['documents', 'removed', 'history'],
  benefits: ['grants', 'payments', 'removed', 'history'],
  alerts: ['alerts', 'removed', 'history'],
} as const;

async function clear(): Promise<void> {
  for (const [database, names] of Object.entries(COLLECTIONS))
    for (const name of [...names, 'handovers'])
      await connection
        .database(database as never)
        .collection(name)
        .deleteMany({});
}

/** Everything that is stored, without what counts writes; of history, which registrations there are. */
async function state(): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const [database, names] of Object.entries(COLLECTIONS)) {
    for (const name of names) {
      const rows = await connection
        .database(database as never)
        .collection(name)
        .find({})
        .toArray();
      const told = rows.map((row) => (name === 'history' ? row._id : without(row)));
      all[`${database}.${name}`] = told.map((row) => JSON.stringify(row)).sort();
    }
  }
  return all;
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) {
    const rows = value.map(without);
    // Facts of cases of which nothing is known, and doubts about them, open nothing either way.
    return rows
      .filter((row) => !(row as { stale?: boolean } | null)?.stale)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if ((value as { stale?: boolean }).stale && 'caseId' in value && 'staleFor' in value)
    return { stale: true };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['rev', 'changedAt'].includes(key))
      .map(([key, inner]) => [key, key === 'caseFacts' && inner?.stale ? null : without(inner)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

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
      for (const document of documents.filter((one) => one['caseIds'].includes(_id))) {
        const copy = document['caseFacts'].find((one: any) => one.caseId === _id);
        expect(copy).toMatchObject({ ...facts, stale: false });
      }
    }
  }
}, 120_000);
