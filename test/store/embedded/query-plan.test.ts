import { expect, test } from '@jest/globals';
import type { Collection } from '../../../store/embedded/collection.js';
import { choosePlan, type PlanChoice, type Sort } from '../../../store/embedded/query-plan.js';
import { useEngine } from '../../kit/use-engine.js';

type Doc = Record<string, unknown>;
type Key = Readonly<Record<string, 1 | -1>>;

const engine = useEngine();
let made = 0;

/** @returns a collection of these documents; an index is named by its fields. */
function collectionOf(keys: readonly Key[], docs: readonly Doc[] = [], sparse = false): Promise<Collection> {
  const namespace = `plans.c${++made}`;
  return engine().change(() => {
    const collection = engine().ensureCollection(namespace);
    for (const key of keys)
      engine().createIndex(namespace, { name: nameOf(key), key, unique: false, sparse });
    for (const [i, doc] of docs.entries()) collection.insert({ _id: i, ...doc });
    return collection;
  });
}
const nameOf = (key: Key) => Object.entries(key).flat().join(' ');
const many = (count: number, doc: (i: number) => Doc) => Array.from({ length: count }, (_, i) => doc(i));

/** @returns which index answers, whether in order, and which way it is read; what it goes on with, and after how many */
function said(choice: PlanChoice | undefined) {
  if (!choice) return 'all of it';
  const { plan, otherwise } = choice;
  const way = [
    plan.index.spec.name,
    plan.sorted ? (plan.backwards ? 'backwards' : 'in order') : 'not in order',
  ];
  return [
    ...way,
    ...(otherwise ? [`or ${otherwise.plan.index.spec.name} after ${otherwise.after}`] : []),
  ].join(', ');
}
const plan = (collection: Collection, filter: Doc, sort: Sort = [], limit = 0) =>
  said(choosePlan(collection.indexes.values(), filter, sort, limit));

test('one index: used where its first field is bound, or where it gives the order', async () => {
  const collection = await collectionOf([{ a: 1, b: 1, c: -1 }], [{ a: 1, b: 1, c: 1 }]);
  expect(plan(collection, { a: 1 })).toBe('a 1 b 1 c -1, not in order');
  expect(plan(collection, { b: 1 })).toBe('all of it');
  expect(plan(collection, {})).toBe('all of it');
  expect(plan(collection, {}, [['a', 1]])).toBe('a 1 b 1 c -1, in order');
  expect(plan(collection, {}, [['b', 1]])).toBe('all of it');
  expect(plan(collection, { x: 1 }, [['a', -1]])).toBe('a 1 b 1 c -1, backwards');
});

test('the order of the fields that follow those bound to values', async () => {
  const collection = await collectionOf([{ a: 1, b: 1, c: -1 }], [{ a: 1, b: 1, c: 1 }]);
  const by = (filter: Doc, ...sort: Sort) => plan(collection, filter, sort).split(', ')[1];
  expect(by({ a: 1 }, ['b', 1])).toBe('in order');
  expect(by({ a: 1 }, ['b', -1])).toBe('backwards');
  expect(by({ a: 1 }, ['b', 1], ['c', -1])).toBe('in order');
  expect(by({ a: 1 }, ['b', -1], ['c', 1])).toBe('backwards');
  expect(by({ a: 1 }, ['b', 1], ['c', 1])).toBe('not in order');
  expect(by({ a: 1 }, ['c', -1])).toBe('not in order');
  expect(by({ a: 1, b: 1 }, ['c', -1])).toBe('in order');
  expect(by({ a: 1 }, ['a', -1], ['b', 1])).toBe('in order');
  expect(by({ a: 1 }, ['x', 1])).toBe('not in order');
  expect(by({ a: 1 }, ['b', 1], ['c', -1], ['x', 1])).toBe('not in order');
  expect(by({ a: { $in: [1, 2] } }, ['b', 1])).toBe('in order');
  expect(by({ a: { $in: [1, 2] } }, ['a', 1])).toBe('not in order');
  expect(by({ a: { $gt: 0 } }, ['b', 1])).toBe('not in order');
  expect(by({ a: { $gt: 0 } }, ['a', 1])).toBe('in order');
  // Parts of a range each have an order of their own.
  expect(by({ $or: [{ a: { $lt: 1 } }, { a: { $gt: 2 } }] }, ['a', 1])).toBe('not in order');
});

test('a list among the fields of the order gives none', async () => {
  const collection = await collectionOf([{ a: 1, b: 1, c: 1 }], [{ a: 1, b: 1, c: [1, 2] }]);
  const byBoth: Sort = [
    ['b', 1],
    ['c', 1],
  ];
  expect(plan(collection, { a: 1 }, [['b', 1]])).toBe('a 1 b 1 c 1, in order');
  expect(plan(collection, { a: 1 }, byBoth)).toBe('a 1 b 1 c 1, not in order');
});

test('at most two hundred intervals are read side by side', async () => {
  const collection = await collectionOf([{ a: 1, b: 1 }], [{ a: 1, b: 1 }]);
  const within = (count: number) => ({ a: { $in: many(count, (i) => ({ i })).map(({ i }) => i) } });
  expect(plan(collection, within(200), [['b', 1]])).toBe('a 1 b 1, in order');
  expect(plan(collection, within(201), [['b', 1]])).toBe('a 1 b 1, not in order');
});

test('a list has no order by one of its values', async () => {
  const collection = await collectionOf([{ a: 1, b: 1 }], [{ a: [1, 2], b: 1 }]);
  expect(plan(collection, { a: 1 }, [['b', 1]])).toBe('a 1 b 1, in order');
  expect(plan(collection, { a: 1 }, [['a', 1]])).toBe('a 1 b 1, not in order');
  expect(plan(collection, {}, [['a', 1]])).toBe('all of it');
  const lists = await collectionOf([{ a: 1, b: 1 }], [{ a: 1, b: [1, 2] }]);
  expect(plan(lists, { a: 1 }, [['b', 1]])).toBe('a 1 b 1, not in order');
});

test('a sparse index gives no order of everything', async () => {
  const collection = await collectionOf([{ a: 1 }], [{ a: 1 }], true);
  expect(plan(collection, {}, [['a', 1]])).toBe('all of it');
  expect(plan(collection, { a: { $gt: 0 } }, [['a', 1]])).toBe('a 1, in order');
});

test('of several the one with fewest entries; of as many, the one in order, then the one that says most', async () => {
  const rows = many(40, (i) => ({ a: 1, b: i % 4, c: i }));
  const collection = await collectionOf([{ a: 1 }, { b: 1 }, { a: 1, c: 1 }, { a: 1, b: 1 }], rows);
  expect(plan(collection, { a: 1, b: 2 })).toBe('a 1 b 1, not in order');
  expect(plan(collection, { a: 1, b: 2 }, [['c', 1]])).toBe('a 1 b 1, not in order');
  expect(plan(collection, { a: 1 }, [['c', 1]])).toBe('a 1 c 1, in order');
  expect(plan(collection, { a: 1, c: { $gt: 30 } })).toBe('a 1 c 1, not in order');
});

test('entries are counted as far as it takes to tell them apart', async () => {
  const collection = await collectionOf(
    [{ a: 1 }, { b: 1 }],
    many(600, (i) => ({ a: 1, b: i % 12 })),
  );
  expect(plan(collection, { a: 1, b: 2 })).toBe('b 1, not in order');
});

test('of as many entries the index that says most, wherever it stands', async () => {
  for (const keys of [
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
  ] as const)
    expect(
      plan(
        await collectionOf(
          keys,
          many(9, () => ({ a: 1, b: 1 })),
        ),
        { a: 1, b: 1 },
      ),
    ).toBe('a 1 b 1, not in order');
});

test('few are wanted in an order that no index has: the fewest entries', async () => {
  const collection = await collectionOf(
    [{ a: 1 }, { b: 1 }],
    many(60, (i) => ({ a: 1, b: i % 6 })),
  );
  expect(plan(collection, { a: 1, b: 2 }, [['x', 1]], 5)).toBe('b 1, not in order');
});

test('few are wanted in an order: read in it, for as long as the other way would take', async () => {
  const rows = many(1200, (i) => ({ a: i % 2, b: i % 40, c: i }));
  const collection = await collectionOf([{ b: 1 }, { a: 1, c: 1 }], rows);
  const filter = { a: 0, b: 2 };
  const byC: Sort = [['c', 1]];
  expect(plan(collection, filter, byC, 5)).toBe('a 1 c 1, in order, or b 1 after 30');
  expect(plan(collection, filter, byC, 29)).toBe('a 1 c 1, in order, or b 1 after 30');
  // As many are wanted as there are, or all, or in no order: the fewest entries.
  for (const [sort, limit] of [
    [byC, 30],
    [byC, 0],
    [[], 5],
  ] as const)
    expect(plan(collection, filter, sort, limit)).toBe('b 1, not in order');
  expect(plan(collection, { a: 0, b: { $lt: 20 } }, byC, 5)).toBe('a 1 c 1, in order');
});

test('where the other way is as long as can be counted, the order alone', async () => {
  const rows = many(2100, (i) => ({ a: 0, b: i % 2, c: i }));
  const collection = await collectionOf([{ b: 1 }, { a: 1, c: 1 }], rows);
  expect(plan(collection, { a: 0, b: 0 }, [['c', 1]], 5)).toBe('a 1 c 1, in order');
});

test('where as many as can be counted are filed in both, the index that files only some records', async () => {
  const rows = many(2100, (i) => ({ a: 0, c: i, marks: i % 2 === 0 ? ['x'] : [] }));
  const collection = await collectionOf([{ a: 1, c: 1 }], rows);
  const partialFilterExpression = { marks: { $gt: '' } };
  const spec = { name: 'marked', key: { a: 1, c: 1 }, unique: false, sparse: false } as const;
  await engine().change(() =>
    engine().createIndex(collection.namespace, { ...spec, partialFilterExpression }),
  );
  expect(plan(collection, { a: 0, marks: { $gt: '' } }, [['c', 1]], 5)).toBe('marked, in order');
});
