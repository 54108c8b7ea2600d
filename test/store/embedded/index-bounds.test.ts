import { describe, expect, test } from '@jest/globals';
import { conditionsOf } from '../../../store/embedded/conditions.js';
import { boundsFor } from '../../../store/embedded/index-bounds.js';
import type { OrderedIndex } from '../../../store/embedded/ordered-index.js';
import { useEngine } from '../../kit/use-engine.js';

type Doc = Record<string, unknown>;
type Key = Readonly<Record<string, 1 | -1>>;

const engine = useEngine();
let made = 0;

/** @returns an index over documents, and how to tell which of them lie within what a filter says of it. */
async function indexOver(key: Key, docs: readonly Doc[], sparse = false) {
  const namespace = `bounds.c${++made}`;
  const collection = await engine().change(() => {
    const collectionMade = engine().ensureCollection(namespace);
    engine().createIndex(namespace, { name: 'index', key, unique: false, sparse });
    for (const [i, doc] of docs.entries()) collectionMade.insert({ _id: i, ...doc });
    return collectionMade;
  });
  const index: OrderedIndex = [...collection.indexes.values()].find(({ spec }) => spec.name === 'index')!;
  const bounds = (filter: Doc) => boundsFor(index, conditionsOf(filter));
  const within = (filter: Doc) =>
    [...index.handles(bounds(filter).intervals, false)].map((handle) => collection.doc(handle)['_id']);
  return { bounds, within };
}
const valuesOf = (values: readonly unknown[]) => values.map((a) => ({ a }));

describe.each<[string, Key, (ids: number[]) => number[]]>([
  ['ascending', { a: 1 }, (ids) => ids],
  ['descending', { a: -1 }, (ids) => ids.toReversed()],
])('of one field, %s, exactly those lie within that are meant', (_says, key, order) => {
  const VALUES = [null, 1, 2, 3, 'a', 'b', 'c', false, new Date(0), new Date(1)];
  test.each<[string, unknown, number[]]>([
    ['a value', 2, [1 + 1]],
    ['null', null, [0]],
    ['several values, in their order', { $in: [3, 1, 'b', 3] }, [1, 3, 5]],
    ['above', { $gt: 1 }, [2, 3]],
    ['from', { $gte: 2 }, [2, 3]],
    ['below', { $lt: 3 }, [1, 2]],
    ['to', { $lte: 2 }, [1, 2]],
    ['between', { $gt: 1, $lt: 3 }, [2]],
    ['from and to', { $gte: 1, $lte: 2 }, [1, 2]],
    ['texts above', { $gt: 'a' }, [5, 6]],
    ['texts to', { $lte: 'b' }, [4, 5]],
    ['times from', { $gte: new Date(1) }, [9]],
    ['times below', { $lt: new Date(1) }, [8]],
    ['nothing between', { $gt: 2, $lt: 2 }, []],
  ])('%s', async (_what, condition, ids) => {
    const { within } = await indexOver(key, valuesOf(VALUES));
    expect(within({ a: condition })).toEqual(order(ids));
  });
  test('either of ranges, each record once', async () => {
    const { within, bounds } = await indexOver(key, valuesOf([1, 2, 3, 4, 5, 6, 7]));
    const either = (...ranges: Doc[]) => ({ $or: ranges.map((a) => ({ a })) });
    expect(within(either({ $lt: 3 }, { $gt: 5 }))).toEqual(order([0, 1, 5, 6]));
    expect(within(either({ $gte: 4 }, { $lte: 5, $gt: 2 }))).toEqual(order([2, 3, 4, 5, 6]));
    expect(within(either({ $gte: 1, $lte: 6 }, { $gte: 2, $lte: 3 }))).toEqual(order([0, 1, 2, 3, 4, 5]));
    expect(within(either({ $lte: 3 }, { $gte: 3 }))).toEqual(order([0, 1, 2, 3, 4, 5, 6]));
    expect(within(either({ $lt: 2 }, { $gte: 3, $lte: 5 }, { $gte: 5 }))).toEqual(order([0, 2, 3, 4, 5, 6]));
    expect([bounds(either({ $lt: 3 }, { $gt: 5 })).mergeable, bounds({ a: { $gt: 5 } }).mergeable]).toEqual([
      false,
      true,
    ]);
  });
});

test('of several fields the leading ones that are bound', async () => {
  const docs = [1, 2].flatMap((a) => [1, 2, 3].flatMap((b) => [1, 2].map((c) => ({ a, b, c }))));
  const { within, bounds } = await indexOver({ a: 1, b: -1, c: 1 }, docs);
  const found = (filter: Doc) => within(filter).map((id) => Object.values(docs[id as number]!).join(''));
  expect(found({ a: 1, b: 2 })).toEqual(['121', '122']);
  expect(found({ a: 1, b: 2, c: 2 })).toEqual(['122']);
  expect(found({ a: 2, b: { $gt: 1 } })).toEqual(['231', '232', '221', '222']);
  expect(found({ a: { $in: [1, 2] }, b: 3, c: { $gte: 2 } })).toEqual(['132', '232']);
  expect(found({ a: 1, c: 1 })).toHaveLength(6);
  expect(found({ b: 1 })).toHaveLength(docs.length);
  const shape = (filter: Doc) => {
    const { points, single, used, mergeable, intervals } = bounds(filter);
    return { points, single, used, mergeable, fixed: new Set(intervals.map(({ fixed }) => fixed)).size };
  };
  expect(shape({ a: 1, b: { $in: [1, 2] } })).toEqual({
    points: 2,
    single: [true, false],
    used: 2,
    mergeable: true,
    fixed: 1,
  });
  expect(shape({ a: 1, b: { $gt: 1 } })).toMatchObject({ points: 1, single: [true], used: 2 });
  expect(shape({ b: 1 })).toMatchObject({ points: 0, single: [], used: 0 });
  expect(shape({ a: { $in: [1, 1] } })).toMatchObject({ single: [true] });
});

test('two thousand intervals at most; what would be more is read by the fields before', async () => {
  const { bounds } = await indexOver({ a: 1, b: 1 }, []);
  const numbers = (count: number) => ({ $in: Array.from({ length: count }, (_, i) => i) });
  const count = (filter: Doc) => [bounds(filter).intervals.length, bounds(filter).used];
  expect(count({ a: numbers(2), b: numbers(1000) })).toEqual([2000, 2]);
  expect(count({ a: numbers(3), b: numbers(667) })).toEqual([3, 1]);
  const ranges = (many: number) => ({
    $or: Array.from({ length: many }, (_, i) => ({ b: { $gt: 2 * i, $lt: 2 * i + 1 } })),
  });
  expect(count({ a: numbers(1000), ...ranges(2) })).toEqual([2000, 2]);
  expect(count({ a: numbers(1001), ...ranges(2) })).toEqual([1001, 1]);
});

test('of lists two conditions join only where they hold on one element', async () => {
  const docs = [
    { list: [{ x: 1, y: 2 }] },
    {
      list: [
        { x: 1, y: 9 },
        { x: 9, y: 2 },
      ],
    },
    { list: [{ x: 2, y: 2 }] },
  ];
  const { within, bounds } = await indexOver({ 'list.x': 1, 'list.y': 1 }, docs);
  const distinct = (filter: Doc) => [...new Set(within(filter))].sort();
  expect(distinct({ list: { $elemMatch: { x: 1, y: 2 } } })).toEqual([0]);
  expect(bounds({ list: { $elemMatch: { x: 1, y: 2 } } }).used).toBe(2);
  // Each on an element of its own: the second is for the records to be asked.
  expect(distinct({ 'list.x': 1, 'list.y': 2 })).toEqual([0, 1]);
  expect(bounds({ 'list.x': 1, 'list.y': 2 }).used).toBe(1);
  expect(bounds({ list: { $elemMatch: { x: 1 } }, 'list.y': 2 }).used).toBe(1);
  expect(
    bounds({ $and: [{ list: { $elemMatch: { x: 1 } } }, { list: { $elemMatch: { y: 2 } } }] }).used,
  ).toBe(1);
  expect(bounds({ list: { $elemMatch: { x: { $gt: 0 }, y: 2 } } }).used).toBe(1);
});

test('beside a list a field that is none is bound as ever', async () => {
  const docs = [{ s: 1, list: [{ x: 1 }, { x: 2 }] }];
  const before = await indexOver({ s: 1, 'list.x': 1 }, docs);
  const behind = await indexOver({ 'list.x': 1, s: 1 }, docs);
  expect(before.bounds({ s: 1, 'list.x': 1 }).used).toBe(2);
  expect(behind.bounds({ s: 1, 'list.x': 1 }).used).toBe(2);
});

test('what a list is bound by is one value of one element before a range', async () => {
  const docs = [{ list: [{ x: 1, y: 2 }, { x: 2 }] }];
  const { bounds } = await indexOver({ 'list.x': 1, 'list.y': 1 }, docs);
  const element = { list: { $elemMatch: { x: 1, y: 2 } } };
  expect(bounds({ $and: [{ 'list.x': { $gt: 0 } }, element] }).used).toBe(2);
});

test('two ends of a range on a list may be met by two elements', async () => {
  const { within } = await indexOver({ a: 1 }, [{ a: [1, 9] }, { a: [5] }, { a: [1] }, { a: [9] }]);
  const distinct = (filter: Doc) => [...new Set(within(filter))].sort();
  expect(distinct({ a: { $gt: 4, $lt: 6 } })).toEqual(expect.arrayContaining([0, 1]));
  expect(distinct({ a: { $elemMatch: { $gt: 4, $lt: 6 } } })).toEqual([1]);
  const each = { $and: [{ a: { $elemMatch: { $gt: 4 } } }, { a: { $elemMatch: { $lt: 6 } } }] };
  expect(distinct(each)).toEqual(expect.arrayContaining([0, 1]));
  // One condition of either is for the records to be asked.
  expect(distinct({ $or: [{ a: { $gt: 8 } }, { a: { $lt: 2 } }] })).toHaveLength(4);
});

test('a sparse index is not asked for what is not filed in it', async () => {
  const { bounds } = await indexOver({ a: 1, b: 1 }, [{ a: 1 }, { b: 1 }], true);
  expect(bounds({ a: null }).used).toBe(0);
  expect(bounds({ a: { $in: [1, null] } }).used).toBe(0);
  expect(bounds({ $or: [{ a: null }, { a: { $gt: 1 } }] }).used).toBe(0);
  expect(bounds({ a: 1 }).used).toBe(1);
  expect(bounds({ $or: [{ a: 2 }, { a: { $gt: 5 } }] }).used).toBe(1);
  // Of another field than the first a record without a value is filed.
  expect(bounds({ a: 1, b: null }).used).toBe(2);
});
