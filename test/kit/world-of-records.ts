import { feedRecordShape, type FeedRecord } from '../../subgraphs/shared/records/records.js';
import type { TestStore } from './store.js';

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

/** @returns a small world of records that hang on each other, corrected, merged and removed in the course of it. */
export function worldOfRecords(): FeedRecord[] {
  return WORLD.map((record) => feedRecordShape.parse(record));
}

const COLLECTIONS = {
  citizens: ['citizens', 'companies', 'remarks', 'ties', 'removed', 'history'],
  cases: ['cases', 'notes', 'removed', 'history'],
  documents: ['documents', 'removed', 'history'],
  benefits: ['grants', 'payments', 'removed', 'history'],
  alerts: ['alerts', 'removed', 'history'],
  access: ['users'],
} as const;

/** Takes everything away that was stored. */
export async function clearStored({ client }: TestStore): Promise<void> {
  for (const [database, names] of Object.entries(COLLECTIONS))
    for (const name of [...names, 'handovers', 'renewals'])
      await client.db(database).collection(name).deleteMany({});
}

/** Everything that is stored, without what counts writes; of history, which registrations there are. */
export async function storedState({ client }: TestStore): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const [database, names] of Object.entries(COLLECTIONS)) {
    for (const name of names) {
      const rows = await client.db(database).collection(name).find({}).toArray();
      const listed = rows.map((row) => (name === 'history' ? row._id : without(row)));
      all[`${database}.${name}`] = listed.map((row) => JSON.stringify(row)).sort();
    }
  }
  return all;
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) {
    const rows = value.map(without);
    // Facts of cases of which nothing is known, and stale marks on them, open nothing either way.
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
