import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { valuesAt } from '../../../store/embedded/field-values.js';
import { upsertBase } from '../../../store/embedded/update.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

/** What every object inherits: no document has a field of such a name unless it was given one. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

let store: TestStore;
let rows: Collection<Document & { _id: string }>;
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('d').collection('rows');
  await rows.insertOne({ _id: 'x' });
});
afterAll(() => store[Symbol.asyncDispose]());

test.each(NAMES)('a document has nothing at %s that it was not given', async (name) => {
  const nothing = { values: [undefined], exists: false, arrayPath: undefined };
  expect(valuesAt({ a: 1 }, [name])).toEqual(nothing);
  expect(valuesAt({ a: 1 }, [name, 'name'])).toEqual(nothing);
  await rows.insertOne({ _id: name, a: 1 });
  await rows.createIndex({ [name]: 1 }, { name: `by ${name}`, unique: true, sparse: true });
  await rows.insertOne({ _id: `second ${name}`, a: 1 });
});

test.each(NAMES)('%s is no field of a filter or an update, and nothing is changed', async (name) => {
  const fields = [name, `${name}.planted`, `a.${name}`, `${name}.prototype.planted`];
  for (const field of fields) {
    await expect(rows.findOne({ [field]: 1 })).rejects.toThrow('a field like');
    await expect(rows.findOne({ $or: [{ b: 1 }, { [field]: 1 }] })).rejects.toThrow('a field like');
    for (const operator of ['$set', '$inc', '$unset', '$push', '$setOnInsert'])
      await expect(rows.updateOne({ _id: 'x' }, { [operator]: { [field]: 1 } })).rejects.toThrow(
        'a field like',
      );
  }
  expect(await rows.findOne({ _id: 'x' })).toEqual({ _id: 'x' });
  expect(({} as Document)['planted']).toBeUndefined();
});

test.each(NAMES)('an upsert whose filter names %s plants nothing in what every object inherits', (name) => {
  const base = upsertBase({ [`${name}.planted`]: 1 });
  expect(Object.entries(base)).toEqual([[name, { planted: 1 }]]);
  expect(Object.getPrototypeOf(base)).toBe(Object.prototype);
  expect('planted' in Object).toBe(false);
});

test.each(NAMES)('a command that is named %s is none', async (name) => {
  await expect(store.client.db('d').command({ [name]: 1 })).rejects.toThrow('no such command');
});
