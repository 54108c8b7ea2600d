import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { Engine } from '../../../store/embedded/engine.js';
import type { OrderedIndex } from '../../../store/embedded/ordered-index.js';
import { temporaryDirectory } from '../../kit/store.js';

let engine: Engine;
let index: OrderedIndex;
const directory = temporaryDirectory();
beforeAll(async () => {
  engine = new Engine({ path: join(directory.path, 'data'), maxBytes: 1 << 30 });
  await engine.change(() => {
    const collection = engine.ensureCollection('d.c');
    const partialFilterExpression = { open: { $gt: '' } };
    const spec = { name: 'index', key: { 'a.b': 1, at: -1 }, unique: false, sparse: false } as const;
    engine.createIndex('d.c', { ...spec, partialFilterExpression });
    index = [...collection.indexes.values()].find(({ spec: { name } }) => name === 'index')!;
  });
});
afterAll(async () => {
  await engine.close();
  directory.remove();
});

test('two states of a document read the same when all that is filed is the same', () => {
  const a = { b: 1 };
  const before = { a, at: new Date(1), open: 'x', title: 'before' };
  const same = (change: object) => index.readsTheSame(before, { ...before, ...change });
  expect([same({}), same({ title: 'after' }), same({ at: new Date(1) })]).toEqual([true, true, true]);
  expect([same({ at: new Date(2) }), same({ at: 1 }), same({ at: undefined })]).toEqual([
    false,
    false,
    false,
  ]);
  // What is equal and not the same object may have changed within.
  expect([same({ a: { b: 1 } }), same({ a: 1 }), same({ open: 'y' })]).toEqual([false, false, false]);
  expect(index.readsTheSame({ ...before, at: 1 }, before)).toBe(false);
});

test('handles come over intervals in order or backwards, and none when all is taken away', async () => {
  const keys = [1, 2, 3, 4].map((b) => index.component(0, b));
  const all = (backwards: boolean) => [
    ...index.handles(
      [
        { low: keys[0]!, high: keys[2]! },
        { low: keys[3]!, high: `${keys[3]!}\xff` },
      ],
      backwards,
    ),
  ];
  await engine.change(() => {
    for (const [i, key] of keys.entries()) index.add([key], i + 1);
  });
  expect([all(false), all(true)]).toEqual([
    [1, 2, 4],
    [4, 2, 1],
  ]);
  await engine.change(() => index.remove([keys[1]!], 2));
  expect(all(false)).toEqual([1, 4]);
  await engine.change(() => index.clear());
  expect(all(false)).toEqual([]);
});

test('intervals that are read side by side give one order of what follows their beginnings, either way', async () => {
  const beginnings = [1, 2].map((b) => index.component(0, b));
  const intervals = beginnings.map((low) => ({ low, high: `${low}\xff`, fixed: low.length }));
  const ordered = (backwards: boolean) => [...index.handlesInOrder(intervals, backwards)];
  // The second field descends: what is newest comes first.
  const filed = [1, 4, 2, 3].map((day, i) => [day, beginnings[i % 2]!] as const);
  await engine.change(() => {
    for (const [day, low] of filed) index.add([low + index.component(1, new Date(day))], day);
  });
  expect([ordered(false), ordered(true)]).toEqual([
    [4, 3, 2, 1],
    [1, 2, 3, 4],
  ]);
  await engine.change(() => index.clear());
});

test('what does not pass the filter of an index is filed nowhere in it', () => {
  expect(index.keysOf({ a: { b: 1 }, at: new Date(1), open: 'x' })).toHaveLength(1);
  expect(index.keysOf({ a: { b: 1 }, at: new Date(1) })).toEqual([]);
});

test('that a field has held a list is kept, also when the file is opened again', async () => {
  const path = join(directory.path, 'lists');
  const open = () => new Engine({ path, maxBytes: 1 << 30 });
  const multikeyOf = (opened: Engine) =>
    [...opened.ensureCollection('d.c').indexes.values()].find(({ spec: { name } }) => name === 'x')!.multikey;
  const first = open();
  await first.change(() => {
    const collection = first.ensureCollection('d.c');
    first.createIndex('d.c', { name: 'x', key: { a: 1, b: 1 }, unique: false, sparse: false });
    collection.insert({ _id: 1, a: 1, b: 1 });
  });
  expect(multikeyOf(first)).toEqual([false, false]);
  await first.change(() => first.ensureCollection('d.c').insert({ _id: 2, a: 1, b: [1, 2] }));
  expect(multikeyOf(first)).toEqual([false, true]);
  await first.close();
  const again = open();
  expect(await again.change(() => multikeyOf(again))).toEqual([false, true]);
  await again.close();
});

test('a sparse index files no record without a value, and a unique one no second record under a key', async () => {
  const [sparse, unique] = await engine.change(() => {
    const collection = engine.ensureCollection('d.kinds');
    const key = { a: 1, b: 1 } as const;
    engine.createIndex('d.kinds', { name: 'sparse', key, unique: false, sparse: true });
    engine.createIndex('d.kinds', { name: 'unique', key, unique: true, sparse: false });
    const indexes = [...collection.indexes.values()];
    return ['sparse', 'unique'].map((wanted) => indexes.find(({ spec: { name } }) => name === wanted)!);
  });
  expect([sparse!.keysOf({ c: 1 }), sparse!.keysOf({ b: 1 }).length, unique!.keysOf({}).length]).toEqual([
    [],
    1,
    1,
  ]);
  const keys = unique!.keysOf({ a: 1 });
  await engine.change(() => unique!.add(keys, 7));
  expect(() => unique!.assertFree(keys, 7, 'd.kinds')).not.toThrow();
  for (const handle of [8, undefined])
    expect(() => unique!.assertFree(keys, handle, 'd.kinds')).toThrow(
      'E11000 duplicate key error collection: d.kinds index: unique dup key: { : hidden }',
    );
  expect(() => sparse!.assertFree(keys, 8, 'd.kinds')).not.toThrow();
});
