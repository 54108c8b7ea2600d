import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addressOn, householdOn } from '../../subgraphs/citizens/source/addresses.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import type { AccessFacts } from '../../subgraphs/shared/policy/facts.js';
import { isInForce } from '../../subgraphs/shared/policy/mark-rules.js';
import { feedRecordShape } from '../../subgraphs/shared/records/records.js';

/** What is delivered with a first day and a day on which it no longer holds, and what decides on a day. */
interface Interval {
  readonly from: string;
  readonly to: string;
}
type Holds = (interval: Interval, day: string) => boolean;

const inForce: Holds = ({ from, to }, day) => isInForce({ validFrom: from, validTo: to } as AccessFacts, day);
const line = 'Prøvevej 1, 9996 Korsbæk';
const livedIn: Holds = ({ from, to }, day) =>
  addressOn([{ line, municipalityCvr: null, from, to }], day) !== null;
const atHome: Holds = ({ from, to }, day) =>
  householdOn([{ line, municipalityCvr: null, from, to }], day) !== null;

const HALF_OPEN: Readonly<Record<string, readonly Holds[]>> = {
  'person.addresses.from': [livedIn, atHome],
  'case.validFrom': [inForce],
  'document.validFrom': [inForce],
  'grant.validFrom': [inForce],
  'alert.validFrom': [inForce],
};
/** Periods that hide nothing by themselves, or that end with their last day; each with the test that holds it. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'remark.validFrom': 'subgraphs/citizens/changes/remarks.test.ts',
  'grant.startsOn': 'subgraphs/shared/days/period.test.ts',
  'grant.benefits.startsOn': 'access/policy-property.test.ts',
  'payment.periodFrom': 'subgraphs/shared/days/period.test.ts',
  'company.startsOn': 'subgraphs/shared/days/period.test.ts',
};

const BEGINS = /^(from|validFrom|startsOn|periodFrom)$/;

interface Json {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly const?: string;
}

/** @returns the paths of all first days in a shape. */
function beginningsIn(shape: Json, path: string): string[] {
  const inner = [...(shape.anyOf ?? []), ...(shape.items ? [shape.items] : [])];
  return [
    ...inner.flatMap((part) => beginningsIn(part, path)),
    ...Object.entries(shape.properties ?? {}).flatMap(([name, part]) => [
      ...(BEGINS.test(name) ? [`${path}.${name}`] : []),
      ...beginningsIn(part, `${path}.${name}`),
    ]),
  ];
}

test('every kind of record with a validity is in one of the tables', () => {
  const { oneOf = [], anyOf = [] } = z.toJSONSchema(feedRecordShape, {
    io: 'input',
    unrepresentable: 'any',
  }) as Json;
  const found = [...oneOf, ...anyOf].flatMap((shape) =>
    beginningsIn(shape, String(shape.properties?.['type']?.const)),
  );
  expect([...new Set(found)].sort()).toEqual([...Object.keys(HALF_OPEN), ...Object.keys(OTHERWISE)].sort());
});

describe.each(Object.entries(HALF_OPEN))('%s', (_kind, rules) => {
  const interval = { from: '2026-03-29', to: '2026-10-25' };
  test.each([
    ['not on the day before its first', addDays(interval.from, -1), false],
    ['on its first day', interval.from, true],
    ['on the day before its end', addDays(interval.to, -1), true],
    ['not on its end', interval.to, false],
  ])('holds %s', (_says, day, holds) => {
    expect(rules.map((rule) => rule(interval, day))).toEqual(rules.map(() => holds));
  });
  test('holds on no day when it ends on the day it begins', () => {
    const none = { from: '2026-03-29', to: '2026-03-29' };
    expect(rules.map((rule) => rule(none, '2026-03-29'))).toEqual(rules.map(() => false));
  });
});

test.each(Object.entries(OTHERWISE))('%s is held by test/%s', (_kind, file) => {
  expect(existsSync(join(import.meta.dirname, '..', file))).toBe(true);
});
