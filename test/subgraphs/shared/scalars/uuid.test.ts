import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { targetShape } from '../../../../gateway/jumps/target.js';
import { envelopeShape } from '../../../../intake/messages/envelope.js';
import { readTokenClaims } from '../../../../subgraphs/shared/identity/token-claims.js';
import { feedRecordShape } from '../../../../subgraphs/shared/records/records.js';
import { requireUuid } from '../../../../subgraphs/shared/scalars/scalars.js';
import {
  canonicalId,
  loggedSpellings,
  readUuid,
  uuidShape,
} from '../../../../subgraphs/shared/scalars/uuid.js';
import { envelope } from '../../../kit/messages.js';
import { worldOfRecords } from '../../../kit/world-of-records.js';

const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdefABCDEF'.split('')),
    minLength: length,
    maxLength: length,
  });
/** Whatever version and variant the digits say, or none. */
const anyUuid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join('-'));

describe('a UUID', () => {
  test('of any 8-4-4-4-12 digits is taken, in lower case', () => {
    fc.assert(
      fc.property(anyUuid, (text) => {
        const kept = text.toLowerCase();
        expect(readUuid(text)).toBe(kept);
        expect(uuidShape.parse(text)).toBe(kept);
        expect(requireUuid('id', text)).toBe(kept);
        expect(canonicalId(text)).toBe(kept);
      }),
    );
  });

  test.each([
    ['sequential, as a database makes it', '9A1C3D5E-7F20-EE11-9D7A-00155D01A2B3'],
    ['nil', '00000000-0000-0000-0000-000000000000'],
    ['all ones', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'],
  ])('is one that is %s', (_name, text) => {
    expect(uuidShape.parse(text)).toBe(text.toLowerCase());
  });

  test.each([
    ['too short', '9a1c3d5e-7f20-ee11-9d7a-00155d01a2b'],
    ['too long', '9a1c3d5e-7f20-ee11-9d7a-00155d01a2b34'],
    ['without hyphens', '9a1c3d5e7f20ee119d7a00155d01a2b3'],
    ['in braces', '{9a1c3d5e-7f20-ee11-9d7a-00155d01a2b3}'],
    ['with another letter', '9a1c3d5g-7f20-ee11-9d7a-00155d01a2b3'],
    ['with other digits', '٩a1c3d5e-7f20-ee11-9d7a-00155d01a2b3'],
    ['with a line behind it', '9a1c3d5e-7f20-ee11-9d7a-00155d01a2b3\n'],
  ])('is none that is %s', (_name, text) => {
    expect(readUuid(text)).toBeUndefined();
    expect(uuidShape.safeParse(text).success).toBe(false);
    expect(() => requireUuid('id', text)).toThrow();
  });

  test.each([undefined, null, 5, [], {}])('is none that is %p', (value) => {
    expect(readUuid(value)).toBeUndefined();
    expect(uuidShape.safeParse(value).success).toBe(false);
  });
});

test('an id that is no UUID stays as it is', () => {
  for (const id of ['Anne.B', 'AB12', '', 'https://korsbaek.dk/Roles/A']) expect(canonicalId(id)).toBe(id);
});

test('the log is asked for an id in both spellings, and for any other text as it is', () => {
  const lower = '9a1c3d5e-7f20-ee11-9d7a-00155d01a2b3';
  expect(loggedSpellings(lower.toUpperCase())).toEqual([lower, lower.toUpperCase()]);
  expect(loggedSpellings('Anne.B')).toEqual(['Anne.B']);
});

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
/** Every UUID in a value with letters in it, as `change` spells it. */
function respelled(value: unknown, change: (id: string) => string): any {
  if (typeof value === 'string') return UUID.test(value) ? change(`abcdefab${value.slice(8)}`) : value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((part) => respelled(part, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, respelled(part, change)]));
}
const upper = (value: unknown) => respelled(value, (id) => id.toUpperCase());
const lower = (value: unknown) => respelled(value, (id) => id);
const ID = '00000000-0000-4000-8000-000000000001';

describe('what comes from outside is spelled in lower case', () => {
  const records = [
    ...worldOfRecords(),
    {
      type: 'user',
      id: ID,
      registeredAt: '2026-01-01T00:00:00Z',
      source: 'ORG',
      cvr: '12345678',
      subject: ID,
      unit: ID,
    },
    {
      type: 'organisation-unit',
      id: ID,
      registeredAt: '2026-01-01T00:00:00Z',
      source: 'ORG',
      cvr: '12345678',
      name: 'x',
      contact: 'x',
    },
    {
      ...worldOfRecords().find(({ type }) => type === 'case')!,
      unit: ID,
      profile: ['12345678', ID, 'Anne.B'],
    },
  ];
  test.each(records.map((record) => [record.type, record] as const))('a record: %s', (_type, record) => {
    expect(feedRecordShape.parse(upper(record))).toEqual(feedRecordShape.parse(lower(record)));
    expect(JSON.stringify(feedRecordShape.parse(upper(record)))).not.toContain('ABCDEFAB-');
  });

  test('a message', () => {
    const sent = envelope('CASE', ID, 'arisen', { relatedObjects: [{ id: ID, type: 'GRANT' }] });
    // The type of a message is one of a list.
    const { messageType } = sent.filterData;
    const spelled = (to: (value: unknown) => any, type: string) => {
      const { filterData, ...rest } = to(sent);
      return envelopeShape.parse({ ...rest, filterData: { ...filterData, messageType: type } });
    };
    expect(spelled(upper, messageType.toUpperCase())).toEqual(spelled(lower, messageType));
  });

  test('a ticket and a link', () => {
    const asked = {
      party: 'urn:oio:cpr-nr:0505907111',
      caseId: ID,
      user: { cvr: '12345678', subject: ID },
    };
    expect(targetShape.parse(upper(asked))).toEqual(lower(asked));
  });

  test('a token', () => {
    const claims = {
      sub: ID,
      cvr: '12345678',
      job_function_roles: [],
      exp: 2,
      iat: 1,
      jti: 'x',
      unit: ID,
      person_id: ID,
    };
    expect(readTokenClaims(upper(claims))).toEqual(readTokenClaims(lower(claims)));
  });
});

test('a case on which a document is filed under two spellings is one case', () => {
  const document = worldOfRecords().find(({ type }) => type === 'document')!;
  const filed = { ...lower(document), caseIds: ['ABCDEFAB-0000-4000-8000-000000000001', lower(ID)] };
  expect(feedRecordShape.parse(filed)).toMatchObject({ caseIds: [lower(ID)] });
});

test('every field of a record that is described as a UUID takes any of them', () => {
  const pattern = (z.toJSONSchema(uuidShape) as { pattern: string }).pattern;
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const schema = value as { format?: string; pattern?: string };
    if (schema.format === 'uuid') found.push(schema.pattern ?? '');
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(z.toJSONSchema(feedRecordShape, { io: 'input', unrepresentable: 'any' }));
  expect(found.length).toBeGreaterThan(20);
  expect(new Set(found)).toEqual(new Set([pattern]));
});
