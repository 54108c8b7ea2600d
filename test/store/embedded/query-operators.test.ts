import { describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import {
  assertSupportedFilter,
  assertSupportedPipeline,
  isOperatorObject,
  isPipelineStage,
  isPlainObject,
} from '../../../store/embedded/query-operators.js';

/** @returns why the store refuses it, or that it does not */
const verdict = (act: () => void): string => {
  try {
    act();
    return 'supported';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a filter', () => {
  test.each<[string, unknown]>([
    ['of nothing', {}],
    ['of values', { a: 1, b: 'x', c: null, d: new Date(), e: new ObjectId(), f: [1], g: /x/ }],
    [
      'of every operator',
      { a: { $eq: 1, $ne: 1, $gt: 1, $gte: 1, $lt: 1, $lte: 1, $exists: true, $size: 1 } },
    ],
    ['of lists', { a: { $in: [1], $nin: [], $all: [1] } }],
    ['of a pattern', { a: { $regex: 'x', $options: 'i', $type: 'string' } }],
    ['of what is not', { a: { $not: { $gt: 1 } }, b: { $not: /x/ } }],
    ['of branches', { $and: [{ a: 1 }], $or: [{ a: 1 }, { $nor: [{ b: 1 }] }] }],
    ['of one element by its value', { a: { $elemMatch: { $gt: 1, $lt: 2 } } }],
    ['of one element by its fields', { a: { $elemMatch: { b: 1, c: { $gt: 1 } } } }],
    ['of one element by branches', { a: { $elemMatch: { $and: [{ b: 1 }, { $or: [{ c: 1 }] }] } } }],
  ])('%s is answered', (_says, filter) =>
    expect(verdict(() => assertSupportedFilter(filter))).toBe('supported'),
  );

  test.each<[string, unknown, string]>([
    ['that is none', null, 'filter must be a document'],
    ['that is a list', [], 'filter must be a document'],
    ['that is a time', new Date(), 'filter must be a document'],
    ['by an operator at its top', { $gt: 1 }, 'unknown top level operator: $gt'],
    ['by code', { $where: 'true' }, 'unknown top level operator: $where'],
    ['with branches that are none', { $or: { a: 1 } }, '$or must be a nonempty array'],
    ['without branches', { $and: [] }, '$and must be a nonempty array'],
    ['with a branch that is none', { $nor: [1] }, 'filter must be a document'],
    [
      'with a branch by an unknown operator',
      { $or: [{ a: 1 }, { a: { $near: 1 } }] },
      'unknown operator: $near',
    ],
    ['by an unknown operator', { a: { $near: 1 } }, 'unknown operator: $near'],
    ['by an unknown operator behind a known one', { a: { $gt: 1, $near: 1 } }, 'unknown operator: $near'],
    ['by what is not an unknown operator', { a: { $not: { $near: 1 } } }, 'unknown operator: $near'],
    ['by what is not a document', { a: { $not: { b: 1 } } }, 'equality with an embedded document'],
    ['by a whole document', { a: { b: 1 } }, 'equality with an embedded document'],
    ['by an empty document', { a: {} }, 'equality with an embedded document'],
    ['by comparison with a document', { a: { $gt: { b: 1 } } }, 'comparison with an embedded document'],
    ['by equality with a document', { a: { $eq: {} } }, 'comparison with an embedded document'],
    ['by $in of no list', { a: { $in: 1 } }, '$in needs an array'],
    ['by $nin of no list', { a: { $nin: 1 } }, '$nin needs an array'],
    ['by $all of no list', { a: { $all: 1 } }, '$all needs an array'],
    ['of one element by an unknown operator', { a: { $elemMatch: { $near: 1 } } }, 'unknown operator: $near'],
    [
      'of one element by a whole document',
      { a: { $elemMatch: { b: { c: 1 } } } },
      'equality with an embedded document',
    ],
    ['of one element by an empty branch', { a: { $elemMatch: { $or: [] } } }, '$or must be a nonempty array'],
    ['of one element that is none', { a: { $elemMatch: 1 } }, 'filter must be a document'],
    ['by a name of a member of every object', { constructor: 1 }, 'a field like constructor'],
  ])('%s is refused', (_says, filter, why) =>
    expect(verdict(() => assertSupportedFilter(filter))).toContain(why),
  );
});

describe('an aggregation', () => {
  test.each<[string, unknown]>([
    ['of no stage', []],
    ['of a filter', [{ $match: { a: { $gt: 1 } } }]],
    ['of groups', [{ $group: { _id: '$a', n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $limit: 1 }]],
  ])('%s is answered', (_says, pipeline) =>
    expect(verdict(() => assertSupportedPipeline(pipeline))).toBe('supported'),
  );
  test.each<[string, unknown, string]>([
    ['that is none', {}, 'pipeline must be an array'],
    ['with a stage that is none', [1], 'aggregation stage (none)'],
    ['with an empty stage', [{}], 'aggregation stage (none)'],
    ['that joins', [{ $match: {} }, { $lookup: {} }], 'aggregation stage $lookup'],
    ['that writes', [{ $out: 'x' }], 'aggregation stage $out'],
    ['with a filter that is refused', [{ $match: { a: { $near: 1 } } }], 'unknown operator: $near'],
    ['with code', [{ $addFields: { a: { $function: {} } } }], 'expression $function'],
    [
      'with code in a list',
      [{ $project: { a: { $add: [1, { $accumulator: {} }] } } }],
      'expression $accumulator',
    ],
    ['with code at its top', [{ $group: { $where: 1 } }], 'expression $where'],
  ])('%s is refused', (_says, pipeline, why) =>
    expect(verdict(() => assertSupportedPipeline(pipeline))).toContain(why),
  );
  test('knows its stages by name', () => {
    expect(['$match', '$count', '$lookup', 'match', ''].map(isPipelineStage)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

test('a document is plain, and begins with an operator or does not', () => {
  const values = [
    {},
    Object.create(null),
    { $gt: 1 },
    { a: 1, $gt: 1 },
    [],
    null,
    'x',
    new Date(),
    new ObjectId(),
  ];
  expect(values.map(isPlainObject)).toEqual([true, true, true, true, false, false, false, false, false]);
  expect(values.map(isOperatorObject)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
