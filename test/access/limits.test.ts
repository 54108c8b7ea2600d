import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Query } from 'mingo';

import type { AccessFacts } from '../../subgraphs/shared/policy/facts.js';
import { type Limit, limitFilter, limitTest, together } from '../../subgraphs/shared/policy/limits.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';

const some = (...values: string[]) => fc.subarray(values, { minLength: 1 });
const ranks = fc.constantFrom<SensitivityRank>(1, 2, 3, 4);
const limits: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ fact: fc.constantFrom('source' as const), oneOf: some('KSD', 'KY', 'KP') }),
  fc.record({ fact: fc.constantFrom('ownerCvr' as const), oneOf: some('12345678', '23456780') }),
  fc.record({ fact: fc.constantFrom('ownerCvr' as const), noneOf: some('12345678', '34567890') }),
  fc.record({ fact: fc.constantFrom('unit' as const), oneOf: some('benefits', 'family') }),
  fc.record({ fact: fc.constantFrom('parties' as const), oneOf: some('ann', 'bo', 'eva') }),
  fc.record({ fact: fc.constantFrom('sensitivity' as const), atMost: ranks }),
  fc.record({
    fact: fc.constantFrom('kle' as const),
    startsWith: some('32.', '32.30.', '32.30.04', '27.12.08'),
  }),
);
const facts: fc.Arbitrary<AccessFacts> = fc.record({
  source: fc.constantFrom('KSD', 'KY', 'KP'),
  ownerCvr: fc.constantFrom('12345678', '23456780', '34567890', null),
  unit: fc.constantFrom('benefits', 'family', null),
  parties: fc.subarray(['ann', 'bo', 'eva']),
  sensitivity: fc.option(ranks, { freq: 8 }),
  kle: fc.constantFrom('32.30.04', '32.30.08', '32.24.04', '27.12.08', null),
  profile: fc.constant(null),
  hiddenFrom: fc.constant([]),
});

test('a limit as a predicate says the same as its store filter', () => {
  fc.assert(
    fc.property(limits, facts, (limit, record) => {
      const passes = limitTest(limit)(record);
      expect(new Query(limitFilter(limit, 'access.')).test({ access: record })).toBe(passes);
      expect(new Query(limitFilter(limit, '')).test({ ...record })).toBe(passes);
    }),
    { numRuns: 2_000 },
  );
});

test('limits put together let through what passes each of them, and what nothing can pass is known', () => {
  fc.assert(
    fc.property(fc.array(limits, { minLength: 1, maxLength: 6 }), facts, (asked, record) => {
      const each = asked.every((limit) => limitTest(limit)(record));
      const joined = together(asked);
      expect(joined?.every((limit) => limitTest(limit)(record)) ?? false).toBe(each);
    }),
    { numRuns: 4_000 },
  );
});

test.each<[says: string, limit: Limit, record: Partial<AccessFacts>]>([
  ['no unit', { fact: 'unit', oneOf: ['benefits'] }, { unit: null }],
  ['no owner', { fact: 'ownerCvr', oneOf: ['12345678'] }, { ownerCvr: null }],
  ['no owner, where any other one will do', { fact: 'ownerCvr', noneOf: [] }, { ownerCvr: null }],
  ['no level', { fact: 'sensitivity', atMost: 4 }, { sensitivity: null }],
  ['no area, where every area will do', { fact: 'kle', startsWith: [''] }, { kle: null }],
  ['no party', { fact: 'parties', oneOf: ['ann'] }, { parties: [] }],
])('a record without the fact never passes: %s', (_, limit, lacking) => {
  const whole: AccessFacts = {
    source: 'KSD',
    ownerCvr: '12345678',
    unit: 'benefits',
    parties: ['ann'],
    sensitivity: 1,
    kle: '32.30.04',
    profile: null,
    hiddenFrom: [],
  };
  const record = { ...whole, ...lacking };
  expect(limitTest(limit)(record)).toBe(false);
  expect(new Query(limitFilter(limit, '')).test({ ...record })).toBe(false);
});

test.each<[asked: Limit[], joined: Limit[] | undefined]>([
  [
    [
      { fact: 'source', oneOf: ['KSD', 'KY'] },
      { fact: 'source', oneOf: ['KY', 'KP'] },
    ],
    [{ fact: 'source', oneOf: ['KY'] }],
  ],
  [
    [
      { fact: 'source', oneOf: ['KSD'] },
      { fact: 'source', oneOf: ['KY'] },
    ],
    undefined,
  ],
  [
    [
      { fact: 'kle', startsWith: ['32.30.', '27.'] },
      { fact: 'kle', startsWith: ['32.'] },
    ],
    [{ fact: 'kle', startsWith: ['32.30.'] }],
  ],
  [
    [
      { fact: 'kle', startsWith: ['32.'] },
      { fact: 'kle', startsWith: ['27.'] },
    ],
    undefined,
  ],
  [
    [
      { fact: 'sensitivity', atMost: 3 },
      { fact: 'sensitivity', atMost: 2 },
    ],
    [{ fact: 'sensitivity', atMost: 2 }],
  ],
])('%j together is %j', (asked, joined) => {
  expect(together(asked)).toEqual(joined);
});
