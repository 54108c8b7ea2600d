import { describe, expect, test } from '@jest/globals';
import type { DeliveringSystem } from '../../../gateway/auth/system.js';
import { checkRecord, kindOf, kleNumbersOf } from '../../../intake/feed/check-record.js';
import type { RecordKind } from '../../../subgraphs/shared/policy/grants.js';
import type { FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { BAD_TEXTS, TURNED } from '../../kit/bad-texts.js';

const SYSTEM = { id: 's', code: 'KSD', name: 'KSD', deliveries: [] };
const idReported = (id: unknown) => {
  const checked = checkRecord(JSON.stringify({ type: 'case', id }), SYSTEM, new Date());
  return 'reject' in checked ? checked.id : 'taken';
};

test.each(BAD_TEXTS.filter(([says]) => says !== TURNED))('%s is no id to tell a reject by', (_says, id) => {
  expect(idReported(id)).toBeNull();
});

test.each([
  [
    'a UUID in capital letters',
    'ABCDEF00-0000-4000-8000-000000000001',
    'abcdef00-0000-4000-8000-000000000001',
  ],
  ['letters apart', 'A\u030A-1', 'Å-1'],
  ['an override of direction', '1\u202E', '1'],
  ['a number', 7, null],
  ['a text of a hundred characters', 'x'.repeat(100), 'x'.repeat(100)],
  ['a text that is too long', 'x'.repeat(101), null],
  ['nothing', undefined, null],
])('%s as the id of a reject', (_says, id, reported) => {
  expect(idReported(id)).toBe(reported);
});

describe('a record is taken, or refused with the reason', () => {
  const OWN = '12345678';
  const OTHER = '23456780';
  const NOW = new Date('2026-11-27T12:00:00Z');
  const URN = 'urn:oio:cpr-nr:0202701234';
  const UUID = '00000000-0000-4000-8000-000000000001';
  const CASE = {
    type: 'case',
    id: UUID,
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'KSD',
    ownerCvr: OWN,
    kle: '32.30.04',
    sensitivity: 2,
    caseNumber: '1',
    title: 'x',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: URN }],
  };
  const line = (kle: string) => ({ id: UUID, name: 'x', kle, startsOn: '2026-01-01' });
  const GRANT = {
    type: 'grant',
    id: UUID,
    registeredAt: CASE.registeredAt,
    source: 'KSD',
    ownerCvr: OWN,
    sensitivity: 2,
    status: 'ACTIVE',
    startsOn: '2026-01-01',
    party: URN,
    benefits: [line('32.30.04'), line('32.24.04')],
  };
  type Delivery = DeliveringSystem['deliveries'][number];
  const agreed = (change: Partial<Delivery> = {}): Delivery => ({
    cvr: OWN,
    kinds: ['cases', 'benefits'],
    kle: ['32.*'],
    sensitivity: 'CONFIDENTIAL',
    crossAuthority: false,
    ...change,
  });
  const check = (record: object, ...deliveries: Delivery[]) =>
    checkRecord(JSON.stringify(record), { ...SYSTEM, deliveries }, NOW);
  const fieldOf = (record: object, ...deliveries: Delivery[]) => {
    const checked = check(record, ...deliveries);
    return 'reject' in checked ? checked.reject.field : 'taken';
  };

  test.each<[string, object, Delivery[], string]>([
    ['within its agreement', CASE, [agreed()], 'taken'],
    ['in the name of another system', { ...CASE, source: 'KY' }, [agreed()], 'source'],
    [
      'no clock shows it yet',
      { ...CASE, registeredAt: '2026-11-27T12:05:00.001Z' },
      [agreed()],
      'registeredAt',
    ],
    ['by a clock five minutes ahead', { ...CASE, registeredAt: '2026-11-27T12:05:00Z' }, [agreed()], 'taken'],
    ['without an agreement', CASE, [], 'type'],
    ['of a kind no agreement covers', CASE, [agreed({ kinds: ['documents'] })], 'type'],
    ['of an authority without an agreement', CASE, [agreed({ cvr: OTHER })], 'ownerCvr'],
    [
      'of another authority, by an agreement on such',
      CASE,
      [agreed({ cvr: OTHER, crossAuthority: true })],
      'taken',
    ],
    ['in an area outside its agreement', CASE, [agreed({ kle: ['27.*'] })], 'kle'],
    ['in an area of a second agreement', CASE, [agreed({ kle: ['27.*'] }), agreed()], 'taken'],
    ['at the level of its agreement', CASE, [agreed({ sensitivity: 'CONFIDENTIAL' })], 'taken'],
    ['above the level of its agreement', CASE, [agreed({ sensitivity: 'NOT_CONFIDENTIAL' })], 'sensitivity'],
    [
      'at the level of the second of two agreements',
      CASE,
      [agreed({ sensitivity: 'NOT_CONFIDENTIAL' }), agreed()],
      'taken',
    ],
    [
      'with its area in one agreement and its level in another: never mixed',
      CASE,
      [
        agreed({ sensitivity: 'NOT_CONFIDENTIAL' }),
        agreed({ cvr: OTHER, crossAuthority: true, kle: ['27.*'], sensitivity: 'SENSITIVE' }),
      ],
      'sensitivity',
    ],
    ['benefits, each in its area', GRANT, [agreed()], 'taken'],
    ['benefits, one outside its area', GRANT, [agreed({ kle: ['32.30.*'] })], 'benefits'],
    [
      'benefits, each in the area of another agreement: never mixed',
      GRANT,
      [agreed({ kle: ['32.30.*'] }), agreed({ cvr: OTHER, crossAuthority: true, kle: ['32.24.*'] })],
      'benefits',
    ],
    [
      'a remark, which no source system delivers',
      {
        ...{ type: 'remark', id: UUID, registeredAt: CASE.registeredAt, source: 'KSD', cvr: OWN },
        ...{ person: URN, remarkType: 'OBS', text: 'x', validFrom: '2026-01-01' },
      },
      [agreed({ kinds: ['persons'] })],
      'type',
    ],
    [
      'that is gone, of a kind its agreement covers',
      { type: 'removal', of: 'case', id: UUID, registeredAt: CASE.registeredAt, source: 'KSD' },
      [agreed()],
      'taken',
    ],
    [
      'that is gone, of another kind',
      { type: 'removal', of: 'document', id: UUID, registeredAt: CASE.registeredAt, source: 'KSD' },
      [agreed()],
      'type',
    ],
  ])('%s', (_says, record, deliveries, field) => {
    expect(fieldOf(record, ...deliveries)).toBe(field);
  });

  test.each<[string, object, Delivery[], string]>([
    ['source', { ...CASE, source: 'KY' }, [agreed()], 'the code of the sending system'],
    ['registeredAt', { ...CASE, registeredAt: '2027-01-01T00:00:00Z' }, [agreed()], 'not in the future'],
    ['type', CASE, [], 'a kind of record that a service agreement covers'],
    ['ownerCvr', CASE, [agreed({ cvr: OTHER })], 'an authority with a service agreement'],
    ['kle', CASE, [agreed({ kle: ['27.*'] })], 'an area the service agreement covers'],
    ['sensitivity', { ...CASE, sensitivity: 4 }, [agreed()], 'a level the service agreement covers'],
  ])('its sender learns what %s must be', (field, record, deliveries, rule) => {
    expect(check(record, ...deliveries)).toMatchObject({ reject: { field, rule } });
  });

  test.each<[FeedRecord['type'], RecordKind]>([
    ['person', 'persons'],
    ['remark', 'persons'],
    ['company', 'companies'],
    ['organisation-unit', 'organisation'],
    ['user', 'organisation'],
    ['kle-topic', 'classification'],
    ['case', 'cases'],
    ['note', 'cases'],
    ['document', 'documents'],
    ['grant', 'benefits'],
    ['payment', 'benefits'],
    ['alert', 'alerts'],
  ])('a %s is delivered under an agreement on %s', (type, kind) => {
    expect(kindOf({ type } as FeedRecord)).toBe(kind);
    expect(kindOf({ type: 'removal', of: type } as FeedRecord)).toBe(kind);
  });

  test('what orders two registrations within a millisecond is kept beside the time', () => {
    const kept = (registeredAt: string) => {
      const checked = check({ ...CASE, registeredAt }, agreed());
      return 'record' in checked ? checked.record : checked;
    };
    expect(kept('2026-01-01T00:00:00.123456789Z')).toMatchObject({ id: UUID, registeredNs: 456_789 });
    expect(kept('2026-01-01T00:00:00.123Z')).not.toHaveProperty('registeredNs');
  });

  test('what is no JSON is refused as such, and has no id', () => {
    expect(checkRecord('{', SYSTEM, NOW)).toEqual({ reject: { field: '', rule: 'JSON' }, id: null });
    for (const text of ['null', '5', '"text"', '[]'])
      expect(checkRecord(text, SYSTEM, NOW)).toMatchObject({
        id: null,
        reject: { rule: expect.any(String) },
      });
  });

  test('every KLE number a record names is asked for', () => {
    const numbers = (record: object) => {
      const checked = check(record, agreed());
      return 'record' in checked ? kleNumbersOf(checked.record) : checked;
    };
    expect([numbers(CASE), numbers(GRANT)]).toEqual([['32.30.04'], ['32.30.04', '32.24.04']]);
    const payment = {
      ...{ type: 'payment', id: UUID, registeredAt: CASE.registeredAt, source: 'KSD', ownerCvr: OWN },
      ...{ grantId: UUID, periodFrom: '2026-01-01', periodTo: '2026-01-31', disposalDate: '2026-01-31' },
      ...{ grossOre: 1, afterTaxOre: 1, sentOre: 1 },
      lines: [
        { text: 'x', kle: null, amountOre: 1 },
        { text: 'x', kle: '27.12.00', amountOre: 1 },
      ],
    };
    expect(numbers(payment)).toEqual(['27.12.00']);
  });
});
