import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection, Db, Document } from 'mongodb';
import { describeEmbedded } from '../kit/outside-store.js';
import { startTestStore, type TestStore } from '../kit/store.js';

/**
 * Behaviours with MongoDB's documented answers: of the embedded store, or of an outside MONGODB_URI.
 */
type Doc = Document & { _id: string };

describe('store contract', () => {
  let store: TestStore;
  let db: Db;
  let rows: Collection<Doc>;

  beforeAll(async () => {
    store = await startTestStore();
    db = store.client.db('overblik_contract');
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await db.dropDatabase();
    rows = db.collection<Doc>('rows');
  });

  const idsOf = async (filter: Document, sort: Record<string, 1 | -1> = { _id: 1 }) =>
    (await rows.find(filter).sort(sort).toArray()).map((doc) => doc._id);
  const code = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error as { code?: unknown }).code,
    );

  test('a duplicate _id is refused with 11000', async () => {
    await rows.insertOne({ _id: 'a' });
    expect(await code(rows.insertOne({ _id: 'a' }))).toBe(11000);
  });

  test('a unique index refuses a second value and names the key pattern', async () => {
    await rows.createIndex({ key: 1 }, { unique: true });
    await rows.insertOne({ _id: 'a', key: 1 });
    await expect(rows.insertOne({ _id: 'b', key: 1 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { key: 1 },
    });
    expect(await code(rows.updateOne({ _id: 'c' }, { $set: { key: 1 } }, { upsert: true }))).toBe(11000);
  });

  test('a sparse unique index lets many documents lack the field', async () => {
    await rows.createIndex({ key: 1 }, { unique: true, sparse: true });
    await rows.insertMany([{ _id: 'a' }, { _id: 'b' }, { _id: 'c', key: 1 }]);
    expect(await rows.countDocuments()).toBe(3);
  });

  test('a unique index over an array holds per element', async () => {
    await rows.createIndex({ numbers: 1 }, { unique: true });
    await rows.insertOne({ _id: 'a', numbers: ['1', '2'] });
    expect(await code(rows.insertOne({ _id: 'b', numbers: ['3', '2'] }))).toBe(11000);
  });

  test('an ordered batch stops at the first failure, an unordered one goes on', async () => {
    await rows.insertOne({ _id: 'b' });
    const batch = [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }];
    expect(await code(rows.insertMany(batch))).toBe(11000);
    expect(await idsOf({})).toEqual(['a', 'b']);
    await rows.deleteOne({ _id: 'a' });
    expect(await code(rows.insertMany(batch, { ordered: false }))).toBe(11000);
    expect(await idsOf({})).toEqual(['a', 'b', 'c']);
  });

  describe('filters', () => {
    beforeEach(async () => {
      await rows.insertMany([
        { _id: 'null', v: null },
        { _id: 'missing' },
        { _id: 'one', v: 1, list: [1, 5] },
        { _id: 'text', v: 'x', list: ['a'] },
        {
          _id: 'ties',
          ties: [
            { o: 'p', k: '27' },
            { o: 'q', k: '32' },
          ],
        },
      ]);
    });
    test.each<[string, Document, string[]]>([
      ['null finds null and missing', { v: null }, ['missing', 'null', 'ties']],
      ['$in with null finds missing', { v: { $in: [null, 1] } }, ['missing', 'null', 'one', 'ties']],
      ['$ne null leaves both out', { v: { $ne: null } }, ['one', 'text']],
      ['$exists', { v: { $exists: true } }, ['null', 'one', 'text']],
      ['a range compares within a type', { v: { $gte: 0 } }, ['one']],
      ['array bounds may be met by two elements', { list: { $gt: 4, $lt: 2 } }, ['one']],
      ['$elemMatch wants one element', { list: { $elemMatch: { $gt: 4, $lt: 2 } } }, []],
      ['dotted paths cross array elements', { 'ties.o': 'q' }, ['ties']],
      ['two dotted conditions may hold on two elements', { 'ties.o': 'p', 'ties.k': '32' }, ['ties']],
      ['$elemMatch on subdocuments wants one', { ties: { $elemMatch: { o: 'p', k: '32' } } }, []],
      ['$nin and $not', { v: { $not: { $in: [1, 'x'] } } }, ['missing', 'null', 'ties']],
      ['$or with $and', { $or: [{ v: 1 }, { $and: [{ v: 'x' }, { list: 'a' }] }] }, ['one', 'text']],
      ['a regular expression', { v: /^X$/i }, ['text']],
      ['$size', { list: { $size: 2 } }, ['one']],
    ])('%s', async (_text, filter, expected) => {
      expect(await idsOf(filter)).toEqual(expected);
      await rows.createIndex({ v: 1 });
      await rows.createIndex({ list: 1 });
      await rows.createIndex({ 'ties.o': 1, 'ties.k': 1 });
      expect(await idsOf(filter)).toEqual(expected);
    });
  });

  describe('order and pages', () => {
    const names = ['Zoe', 'anne', 'Åse', 'Ærø', 'Øjvind', 'Aage'];
    beforeEach(async () => {
      await rows.insertMany(names.map((name, i) => ({ _id: `n${i}`, name, at: new Date(i * 1000) })));
      await rows.createIndex({ at: -1 });
    });
    const sorted = async (cursor: { toArray(): Promise<Document[]> }) =>
      (await cursor.toArray()).map((doc) => doc['name'] as string);

    test('the default order is binary', async () => {
      expect(await sorted(rows.find().sort({ name: 1 }))).toEqual([
        'Aage',
        'Zoe',
        'anne',
        'Åse',
        'Ærø',
        'Øjvind',
      ]);
    });
    test('Danish order comes by collation', async () => {
      const danish = await sorted(rows.find().sort({ name: 1 }).collation({ locale: 'da' }));
      expect(danish).toEqual(['anne', 'Zoe', 'Ærø', 'Øjvind', 'Aage', 'Åse']);
    });
    test('newest first over a descending index, with skip and limit', async () => {
      expect(await sorted(rows.find().sort({ at: -1 }).skip(1).limit(2))).toEqual(['Øjvind', 'Ærø']);
      expect(await sorted(rows.find().sort({ at: 1 }).limit(1))).toEqual(['Zoe']);
    });
    test('a range on a descending index', async () => {
      const found = await rows.find({ at: { $gt: new Date(1000), $lte: new Date(3000) } }).toArray();
      expect(found.map((doc) => doc['name'] as string).sort()).toEqual(['Åse', 'Ærø']);
    });
    test('a cursor hands out every row once in batches, also while rows are removed', async () => {
      await rows.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: `m${i}`, at: new Date(1e6 + i) })));
      const seen: string[] = [];
      for await (const doc of rows
        .find({ at: { $gte: new Date(1e6) } })
        .sort({ at: 1 })
        .batchSize(50)) {
        if (seen.length === 60) await rows.deleteOne({ _id: 'm499' });
        seen.push(doc._id);
      }
      expect(new Set(seen).size).toBe(499);
    });
    test('a projection keeps what was asked for', async () => {
      expect(await rows.findOne({ _id: 'n0' }, { projection: { name: 1 } })).toEqual({
        _id: 'n0',
        name: 'Zoe',
      });
    });
  });

  describe('updates', () => {
    test('matched and modified are distinguished', async () => {
      await rows.insertOne({ _id: 'a', n: 1 });
      expect(await rows.updateOne({ _id: 'a' }, { $set: { n: 1 } })).toMatchObject({
        matchedCount: 1,
        modifiedCount: 0,
      });
      expect(await rows.updateOne({ _id: 'a' }, { $inc: { n: 2 } })).toMatchObject({
        matchedCount: 1,
        modifiedCount: 1,
      });
    });
    test('an upsert takes the equalities of its filter and $setOnInsert', async () => {
      await rows.updateOne(
        { _id: 'a', kind: 'x' },
        { $set: { n: 1 }, $setOnInsert: { first: true } },
        { upsert: true },
      );
      await rows.updateOne(
        { _id: 'a' },
        { $set: { n: 2 }, $setOnInsert: { first: false } },
        { upsert: true },
      );
      expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', kind: 'x', n: 2, first: true });
    });
    test('array operators', async () => {
      await rows.insertOne({ _id: 'a', list: [1] });
      await rows.updateOne({ _id: 'a' }, { $push: { list: { $each: [2, 3] } } } as never);
      await rows.updateOne({ _id: 'a' }, { $addToSet: { list: 2 } });
      await rows.updateOne({ _id: 'a' }, { $pull: { list: 1 } } as never);
      expect((await rows.findOne({ _id: 'a' }))?.['list']).toEqual([2, 3]);
    });
    test.each<[string, Document, number]>([
      ['$inc on text is a type mismatch', { $inc: { text: 1 } }, 14],
      ['a path through text is not viable', { $set: { 'text.inner': 1 } }, 28],
      ['two operators on one path conflict', { $set: { n: 1 }, $inc: { n: 1 } }, 40],
      ['_id cannot change', { $set: { _id: 'b' } }, 66],
    ])('%s', async (_text, update, expected) => {
      await rows.insertOne({ _id: 'a', text: 'x' });
      expect(await code(rows.updateOne({ _id: 'a' }, update))).toBe(expected);
      expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', text: 'x' });
    });
    test('findOneAndUpdate returns before or after, and takes the first in order', async () => {
      await rows.insertMany([
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ]);
      expect(await rows.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 } })).toMatchObject({
        _id: 'b',
        n: 2,
      });
      const after = await rows.findOneAndUpdate(
        { _id: 'a' },
        { $inc: { n: 1 } },
        { returnDocument: 'after' },
      );
      expect(after).toMatchObject({ n: 2 });
      expect(await rows.findOneAndUpdate({ _id: 'zz' }, { $set: { n: 1 } })).toBeNull();
    });
    test('replaceOne keeps the _id and drops the rest', async () => {
      await rows.insertOne({ _id: 'a', old: 1 });
      await rows.replaceOne({ _id: 'a' }, { fresh: 2 });
      expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', fresh: 2 });
    });
    test('compare-and-set from many writers wins exactly once per version', async () => {
      await rows.insertOne({ _id: 'a', version: 0 });
      const attempts = await Promise.all(
        Array.from({ length: 20 }, () => rows.updateOne({ _id: 'a', version: 0 }, { $inc: { version: 1 } })),
      );
      expect(attempts.reduce((sum, attempt) => sum + attempt.modifiedCount, 0)).toBe(1);
    });
    test('bulkWrite of upserts counts each kind', async () => {
      await rows.insertOne({ _id: 'a', n: 1 });
      const result = await rows.bulkWrite(
        ['a', 'b'].map((id) => ({
          updateOne: { filter: { _id: id }, update: { $set: { n: 5 } }, upsert: true },
        })),
      );
      expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 1 });
    });
    test('deleteMany tells how many', async () => {
      await rows.insertMany([
        { _id: 'a', n: 1 },
        { _id: 'b', n: 1 },
        { _id: 'c', n: 2 },
      ]);
      expect((await rows.deleteMany({ n: 1 })).deletedCount).toBe(2);
      expect(await idsOf({})).toEqual(['c']);
    });
  });

  test('counts and groups', async () => {
    await rows.insertMany([
      { _id: 'a', k: 'x', n: 1 },
      { _id: 'b', k: 'x', n: 2 },
      { _id: 'c', k: 'y', n: 4 },
    ]);
    expect(await rows.countDocuments({ k: 'x' })).toBe(2);
    expect(await rows.estimatedDocumentCount()).toBe(3);
    expect(await rows.distinct('k')).toEqual(['x', 'y']);
    const sums = await rows
      .aggregate([{ $match: { n: { $gt: 1 } } }, { $group: { _id: '$k', sum: { $sum: '$n' } } }])
      .toArray();
    expect(sums.sort((a, b) => (a['_id'] < b['_id'] ? -1 : 1))).toEqual([
      { _id: 'x', sum: 2 },
      { _id: 'y', sum: 4 },
    ]);
  });

  test('dates and text come back as they went in', async () => {
    const doc = {
      _id: 'a',
      at: new Date(5),
      text: 'Ærø 🙂 \u0000 end',
      deep: { list: [1.5, null, { x: false }] },
    };
    await rows.insertOne(doc);
    expect(await rows.findOne({ _id: 'a' })).toEqual(doc);
  });
});

describeEmbedded(
  'what the embedded store does not do is refused, never approximated',
  'MongoDB does it',
  () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await startTestStore();
      await store.client
        .db('t')
        .collection('rows')
        .insertOne({ a: { b: 1 }, list: [1] });
    });
    afterAll(() => store[Symbol.asyncDispose]());
    const rows = () => store.client.db('t').collection('rows');

    test.each<[string, () => Promise<unknown>, number]>([
      ['an unknown command', () => store.client.db('t').command({ replSetGetStatus: 1 }), 59],
      ['no index at all', () => store.client.db('t').command({ createIndexes: 'rows', indexes: [] }), 2],
      ['$where', () => rows().find({ $where: 'true' }).toArray(), 2],
      [
        '$text',
        () =>
          rows()
            .find({ $text: { $search: 'x' } })
            .toArray(),
        2,
      ],
      [
        'an unknown operator',
        () =>
          rows()
            .find({ a: { $near: 1 } })
            .toArray(),
        2,
      ],
      [
        'equality with an embedded document',
        () =>
          rows()
            .find({ a: { b: 1 } })
            .toArray(),
        238,
      ],
      [
        '$lookup',
        () =>
          rows()
            .aggregate([{ $lookup: { from: 'x', as: 'y', pipeline: [] } }])
            .toArray(),
        238,
      ],
      [
        '$out',
        () =>
          rows()
            .aggregate([{ $out: 'x' }])
            .toArray(),
        238,
      ],
      ['a pipeline update', () => rows().updateOne({}, [{ $set: { a: 1 } }]), 238],
      ['a positional update', () => rows().updateOne({ list: 1 }, { $set: { 'list.$': 2 } }), 238],
      [
        'a collation that folds case',
        () => rows().find().collation({ locale: 'da', strength: 1 }).toArray(),
        238,
      ],
      [
        'let variables',
        () =>
          rows()
            .find({}, { let: { x: 1 } })
            .toArray(),
        40415,
      ],
      ['a hint', () => rows().find({}, { hint: 'x' }).toArray(), 40415],
      ['a text index', () => rows().createIndex({ a: 'text' }), 238],
      ['a TTL index', () => rows().createIndex({ a: 1 }, { expireAfterSeconds: 1 }), 238],
      [
        'parallel arrays',
        () =>
          rows()
            .createIndex({ x: 1, y: 1 })
            .then(() => rows().insertOne({ x: [1], y: [1] })),
        171,
      ],
      [
        'another definition of an index',
        () =>
          rows()
            .createIndex({ q: 1 }, { name: 'q' })
            .then(() => rows().createIndex({ r: 1 }, { name: 'q' })),
        85,
      ],
    ])('%s', async (_name, run, code) => {
      await expect(run()).rejects.toMatchObject({ code });
    });

    test('a transaction', async () => {
      const session = store.client.startSession();
      // The driver turns MongoDB's code 20 into these words.
      await expect(session.withTransaction(() => rows().insertOne({ x: 1 }, { session }))).rejects.toThrow(
        /does not support retryable writes/,
      );
      await session.endSession();
    });

    test('writes beyond STORE_MAX_MB, by name, and reading goes on', async () => {
      await using small = await startTestStore({ maxBytes: 20_000 });
      const target = small.client.db('t').collection('rows');
      await target.insertOne({ x: 1 });
      const big = target.insertOne({ x: 'y'.repeat(30_000) });
      await expect(big).rejects.toThrow(/STORE_MAX_MB.*MONGODB_URI/);
      expect(await target.countDocuments()).toBe(1);
      await expect(small.client.db('t').command({ ping: 1 })).rejects.toMatchObject({ code: 14031 });
      expect(await target.deleteMany({})).toMatchObject({ deletedCount: 1 });
    });
  },
);
