import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection, Db, Document } from 'mongodb';
import { startTestStore, type TestStore } from '../../kit/store.js';

/** The driver's types know no id that is null. */
const NONE = null as never;

/** What the public CRUD test files for drivers have found; each is answered or refused as MongoDB does it. */
describe('findings of public driver tests', () => {
  let store: TestStore;
  let db: Db;
  let rows: Collection<Document & { _id: unknown }>;

  beforeAll(async () => {
    store = await startTestStore();
    db = store.client.db('findings');
    rows = db.collection('rows');
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(() => db.dropDatabase());

  // The driver gives a record without an id one of its own: only a command inserts null.
  const insertNull = () => db.command({ insert: 'rows', documents: [{ _id: null, x: 1 }] });

  test('a record with _id null is found, replaced and deleted by it', async () => {
    await insertNull();
    expect(await rows.findOne({ _id: NONE })).toEqual({ _id: null, x: 1 });
    expect(await rows.find({ _id: { $in: [NONE] } }).toArray()).toHaveLength(1);
    expect(await rows.replaceOne({ _id: NONE }, { x: 2 })).toMatchObject({ modifiedCount: 1 });
    expect(await rows.find().toArray()).toEqual([{ _id: null, x: 2 }]);
    await expect(insertNull()).resolves.toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
    expect(await rows.deleteOne({ _id: NONE })).toMatchObject({ deletedCount: 1 });
    expect(await rows.countDocuments()).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['in the filter', () => rows.replaceOne({ _id: NONE }, { x: 3 }, { upsert: true })],
    ['in the replacement', () => rows.replaceOne({ x: 3 }, { _id: NONE, x: 3 }, { upsert: true })],
    ['in $setOnInsert', () => rows.updateOne({ x: 3 }, { $setOnInsert: { _id: NONE } }, { upsert: true })],
    ['in $set', () => rows.updateOne({ x: 3 }, { $set: { _id: NONE } }, { upsert: true })],
  ])('an upsert with _id null %s stores that _id', async (_place, upsert) => {
    await upsert();
    expect(await rows.find().toArray()).toEqual([{ _id: null, x: 3 }]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['an insert', () => rows.insertOne({ _id: { $a: 1 } })],
    ['an insert, deeper', () => rows.insertOne({ _id: { a: [{ $b: 1 }] } })],
    ['an upsert', () => rows.updateOne({ x: 1 }, { $set: { _id: { $a: 1 } } }, { upsert: true })],
  ])('%s with a field like $a within its _id is refused', async (_name, run) => {
    await expect(run()).rejects.toMatchObject({ code: 52 });
    expect(await rows.countDocuments()).toBe(0);
  });

  const collation = { locale: 'en', strength: 2 } as const;
  test.each<[string, () => Promise<unknown>]>([
    ['deleteOne', () => rows.deleteOne({ x: 'A' }, { collation })],
    ['deleteMany', () => rows.deleteMany({ x: 'A' }, { collation })],
    ['updateOne', () => rows.updateOne({ x: 'A' }, { $set: { y: 1 } }, { collation })],
    ['findOneAndDelete', () => rows.findOneAndDelete({ x: 'A' }, { collation })],
    ['countDocuments', () => rows.countDocuments({ x: 'A' }, { collation })],
    ['distinct', () => rows.distinct('x', {}, { collation })],
  ])('%s with a collation is refused and changes nothing', async (_name, run) => {
    await rows.insertOne({ _id: 1, x: 'a' });
    await expect(run()).rejects.toMatchObject({ code: 238 });
    expect(await rows.find().toArray()).toEqual([{ _id: 1, x: 'a' }]);
  });

  test.each<[string, () => Promise<unknown>, number]>([
    ['stages that need a collection', () => db.aggregate([{ $match: {} }]).toArray(), 73],
    ['no stage', () => db.aggregate([]).toArray(), 73],
    ['a stage of a database', () => db.aggregate([{ $listLocalSessions: {} }]).toArray(), 238],
    ['$merge', () => rows.aggregate([{ $merge: 'others' }]).toArray(), 238],
    ['$out', () => rows.aggregate([{ $out: 'others' }]).toArray(), 238],
  ])('an aggregate with %s is refused by its own code', async (_name, run, code) => {
    await rows.insertOne({ _id: 1 });
    await expect(run()).rejects.toMatchObject({ code });
    expect(await db.collection('others').countDocuments()).toBe(0);
  });

  test.each<[string, Document, number]>([
    ['a read concern that does not exist', { find: 'rows', readConcern: { level: 'latest' } }, 2],
    ['a read concern of replica sets', { find: 'rows', readConcern: { level: 'linearizable' } }, 123],
    ['a write concern of two hosts', { insert: 'rows', documents: [{ _id: 1 }], writeConcern: { w: 2 } }, 2],
    ['a write concern that does not exist', { delete: 'rows', deletes: [], writeConcern: { w: 'all' } }, 79],
    ['a deadline below none', { find: 'rows', maxTimeMS: -1 }, 2],
    ['a deadline that is no number', { find: 'rows', maxTimeMS: 'soon' }, 14],
  ])('%s is refused', async (_name, command, code) => {
    await expect(db.command(command)).rejects.toMatchObject({ code });
    expect(await rows.countDocuments()).toBe(0);
  });

  test('what a pinned client sends is taken', async () => {
    const concerns = { writeConcern: { w: 'majority', j: true, wtimeout: 1000 }, maxTimeMS: 5000 };
    await expect(db.command({ insert: 'rows', documents: [{ _id: 1 }], ...concerns })).resolves.toMatchObject(
      { n: 1 },
    );
    await expect(
      db.command({ find: 'rows', readConcern: { level: 'majority' }, maxTimeMS: 5000 }),
    ).resolves.toMatchObject({ ok: 1 });
  });
});
