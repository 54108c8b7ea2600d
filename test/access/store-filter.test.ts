import { expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { allOf } from '../../subgraphs/shared/policy/store-filter.js';

test('filters that look at different things become one', () => {
  expect(allOf([{ owner: 'A' }, {}, { $or: [{ unit: 1 }] }])).toEqual({ owner: 'A', $or: [{ unit: 1 }] });
});

test('of two filters that look at the same, neither is lost', () => {
  const either = allOf([{ $or: [{ owner: 'A' }] }, { $or: [{ unit: 1 }] }]);
  const passes = (document: Record<string, unknown>) => new Query(either).test(document);
  expect([passes({ owner: 'A', unit: 1 }), passes({ owner: 'A' }), passes({ unit: 1 })]).toEqual([
    true,
    false,
    false,
  ]);
});
