import { describe, expect, test } from '@jest/globals';
import { BOUNDED_BY, authorityOf, type Bounds } from '../../../intake/feed/bounded-by.js';
import { checkRecord } from '../../../intake/feed/check-record.js';
import { feedRecordShape } from '../../../subgraphs/shared/records/records.js';
import { takeReferences } from '../../../subgraphs/shared/reference/take-references.js';
import {
  referenceCollection,
  type ReferenceRecord,
} from '../../../subgraphs/shared/reference/reference-copy.js';
import type { DeliveringSystem } from '../../../gateway/auth/system.js';
import { startTestStore } from '../../kit/store.js';

const OWN = '12345678';
const OTHER = '23456780';
const NOW = new Date('2026-11-27T12:00:00Z');
const ID = '00000000-0000-4000-8000-000000000001';
const head = { id: ID, registeredAt: '2026-01-01T00:00:00Z', source: 'SYS' };
const facts = { ownerCvr: OWN, kle: '32.30.04', sensitivity: 2 };
const URN = 'urn:oio:cpr-nr:0202701234';

const RECORDS: Record<
  'case' | 'document' | 'grant' | 'payment' | 'alert' | 'organisation-unit' | 'user',
  object
> = {
  case: {
    ...facts,
    caseNumber: '1',
    title: 'x',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: URN }],
  },
  document: {
    ...facts,
    title: 'x',
    documentType: 'REPORT',
    state: 'FINAL',
    letterDate: '2026-01-01',
    parties: [URN],
  },
  grant: {
    ownerCvr: OWN,
    sensitivity: 2,
    status: 'ACTIVE',
    startsOn: '2026-01-01',
    party: URN,
    benefits: [{ id: ID, name: 'x', kle: '32.30.04', startsOn: '2026-01-01' }],
  },
  payment: {
    grantId: ID,
    ownerCvr: OWN,
    periodFrom: '2026-01-01',
    periodTo: '2026-01-31',
    disposalDate: '2026-01-31',
    grossOre: 1,
    afterTaxOre: 1,
    sentOre: 1,
    lines: [{ text: 'x', kle: null, amountOre: 1 }],
  },
  alert: { ...facts, eventType: 'GENERAL', title: 'x', receivedAt: '2026-01-01T00:00:00Z', party: URN },
  'organisation-unit': { cvr: OWN, name: 'x', contact: 'x' },
  user: { cvr: OWN, subject: 'user' },
};

const system = (cvr: string, crossAuthority = false): DeliveringSystem => ({
  id: ID,
  code: 'SYS',
  name: 'System',
  deliveries: [
    {
      cvr,
      kinds: [
        'persons',
        'companies',
        'cases',
        'documents',
        'benefits',
        'alerts',
        'organisation',
        'classification',
      ],
      kle: ['*'],
      sensitivity: 'SPECIALLY_PROTECTED',
      crossAuthority,
    },
  ],
});
const check = (type: keyof typeof RECORDS, by: DeliveringSystem) =>
  checkRecord(JSON.stringify({ type, ...head, ...RECORDS[type] }), by, NOW);

describe.each(Object.keys(RECORDS) as (keyof typeof RECORDS)[])('a record of type %s', (type) => {
  const field = type === 'user' || type === 'organisation-unit' ? 'cvr' : 'ownerCvr';

  test('is taken under an agreement with its authority', () => {
    expect(check(type, system(OWN))).toHaveProperty('record');
  });

  test('is refused under an agreement with another alone', () => {
    expect(check(type, system(OTHER))).toMatchObject({
      reject: { field, rule: 'an authority with a service agreement' },
    });
  });

  test('is taken across authorities only where another may own it', () => {
    const name = field === 'cvr' ? 'reject' : 'record';
    expect(check(type, system(OTHER, true))).toHaveProperty(name);
  });
});

test('every type of record is bounded, by a field it has or by nothing with the reason', () => {
  const types = feedRecordShape.options.map((shape) => shape.shape.type.value);
  expect(Object.keys(BOUNDED_BY).sort()).toEqual([...types].sort());
  for (const shape of feedRecordShape.options) {
    const bound = BOUNDED_BY[shape.shape.type.value];
    if (typeof bound === 'string') expect(Object.keys(shape.shape)).toContain(bound);
    else expect(bound.nobodys.length).toBeGreaterThan(10);
  }
});

test('a type without a bound, and one whose owner is passed over, do not compile', () => {
  const { user: _user, ...others } = BOUNDED_BY;
  // @ts-expect-error no bound for users
  const without: Bounds = others;
  // @ts-expect-error a case says whose it is
  const nobodys: Bounds = { ...BOUNDED_BY, case: { nobodys: 'nobody knows' } };
  // @ts-expect-error a note has no such field
  const lacking: Bounds = { ...BOUNDED_BY, note: 'ownerCvr' };
  expect([without, nobodys, lacking]).toHaveLength(3);
});

test('a company’s own CVR number is no authority', () => {
  expect(authorityOf({ type: 'company', cvr: OWN } as never)).toBeNull();
});

test('a unit cannot be taken over under its id by another authority', async () => {
  await using store = await startTestStore();
  const references = referenceCollection(store.client.db('x'));
  const unit = (cvr: string, second: number): ReferenceRecord => ({
    _id: `unit:${ID}`,
    name: cvr,
    contact: cvr,
    cvr,
    registeredAt: new Date(second * 1000),
  });
  expect(await takeReferences(references, [unit(OWN, 1), unit(OTHER, 2)])).toEqual(['accepted', 'foreign']);
  expect(await takeReferences(references, [unit(OTHER, 3)])).toEqual(['foreign']);
  expect(await takeReferences(references, [unit(OWN, 4)])).toEqual(['accepted']);
  expect(await references.findOne({ _id: `unit:${ID}` })).toMatchObject({ cvr: OWN, contact: OWN });
});
