import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { startTestStore, type TestStore } from '../../kit/store.js';

type Row = Document & { _id: string };
const ROWS = 2000;
const STATES = ['NEW', 'OPEN', 'DONE'];

/** What the planner saves shows in how many records a query examines. */
describe('a query examines few records', () => {
  let store: TestStore;
  let rows: Collection<Row>;

  beforeAll(async () => {
    store = await startTestStore();
    rows = store.client.db('plans').collection<Row>('rows');
    await rows.createIndexes([
      { name: 'newest', key: { owner: 1, state: 1, at: -1, _id: 1 } },
      { name: 'unit', key: { owner: 1, unit: 1, state: 1, at: -1, _id: 1 } },
      { name: 'topic', key: { owner: 1, topic: 1, state: 1, at: -1, _id: 1 } },
      { name: 'alarmed', key: { owner: 1, at: -1 }, partialFilterExpression: { alarms: { $gt: '' } } },
      { name: 'done', key: { owner: 1, at: 1 }, partialFilterExpression: { state: { $in: ['DONE'] } } },
    ]);
    await rows.insertMany(
      Array.from({ length: ROWS }, (_, i) => ({
        _id: `row-${i}`,
        owner: 'a',
        state: STATES[i % 3],
        at: new Date(Math.floor(i / 2)),
        unit: `unit-${i % 10}`,
        topic: i === 1234 ? 'rare' : `topic-${i % 4}`,
        alarms: i % 100 === 0 ? ['kin'] : [],
      })),
    );
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const examined = async <T>(run: () => Promise<T>): Promise<{ got: T; examined: number }> => {
    const before = store.server.engine.stats().examined;
    const got = await run();
    return { got, examined: store.server.engine.stats().examined - before };
  };
  const newest = (filter: Document) =>
    rows
      .find(filter)
      .sort({ at: -1, _id: 1 })
      .limit(20)
      .toArray()
      .then((found) => found.map(({ _id }) => _id));
  /** The same without an index: of all that is there. */
  const expected = async (filter: Document) =>
    (await rows.find({ $nor: [{ x: 1 }], ...filter }).toArray())
      .sort((a, b) => (b['at'] as Date).getTime() - (a['at'] as Date).getTime() || (a._id < b._id ? -1 : 1))
      .slice(0, 20)
      .map(({ _id }) => _id);

  test.each<[string, Document, number]>([
    ['several values of a field before the order', { owner: 'a', state: { $in: ['NEW', 'OPEN'] } }, 20],
    [
      'the one branch of an alternative',
      { $and: [{ owner: 'a', state: { $in: STATES } }, { $or: [{ unit: { $in: ['unit-3', 'unit-4'] } }] }] },
      20,
    ],
    [
      'what every branch of an alternative names',
      { owner: 'a', state: { $in: STATES }, $or: [{ unit: 'unit-3', x: null }, { unit: 'unit-4' }] },
      20,
    ],
    [
      'a rare value in a range, where the order alone would lead through everything',
      { owner: 'a', state: { $in: STATES }, $or: [{ topic: { $gte: 'r', $lt: 's' } }, { topic: 'none' }] },
      1,
    ],
    ['a partial index', { owner: 'a', alarms: { $gt: '' } }, 20],
    ['a partial index of all above a value, by one that is', { owner: 'a', alarms: 'kin' }, 20],
  ])('%s', async (_name, filter, most) => {
    const { got, examined: count } = await examined(() => newest(filter));
    expect(got).toEqual(await expected(filter));
    expect(got.length).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(most);
  });

  test('a partial index of all above a value is not used for one of another type', async () => {
    await rows.updateOne({ _id: 'row-7' }, { $set: { alarms: [7] } });
    expect(await rows.countDocuments({ owner: 'a', alarms: 7 })).toBe(1);
    expect(await rows.countDocuments({ owner: 'a', alarms: { $in: ['kin', 7] } })).toBe(ROWS / 100 + 1);
    await rows.updateOne({ _id: 'row-7' }, { $set: { alarms: [] } });
  });

  test('a partial index is not used for what it does not file, and follows changes', async () => {
    const done = () => rows.countDocuments({ owner: 'a', state: 'DONE' });
    const before = await done();
    expect(await rows.countDocuments({ owner: 'a', state: { $in: ['DONE', 'NEW'] } })).toBe(ROWS - 667);
    await rows.updateOne({ _id: 'row-0' }, { $set: { state: 'DONE' } });
    expect(await done()).toBe(before + 1);
    await rows.updateOne({ _id: 'row-0' }, { $set: { state: 'NEW' } });
    expect(await done()).toBe(before);
    const indexes = await rows.listIndexes().toArray();
    expect(indexes.find(({ name }) => name === 'done')).toMatchObject({
      partialFilterExpression: { state: { $in: ['DONE'] } },
    });
    await expect(
      rows.createIndex({ x: 1 }, { partialFilterExpression: { x: { $exists: true } } }),
    ).rejects.toMatchObject({ code: 238 });
  });

  test('a partial index of what has no value, which is looked for as null and as not there', async () => {
    const marks = store.client.db('plans').collection<Row>('marks');
    await marks.createIndex({ at: 1 }, { partialFilterExpression: { review: { $in: [null] } } });
    await marks.createIndex({ use: 1 });
    const reviewOf = (i: number) => (i % 400 === 0 ? undefined : i % 400 === 1 ? null : { by: 'x' });
    await marks.insertMany(
      Array.from({ length: ROWS }, (_, i) => ({
        _id: `mark-${String(i).padStart(4, '0')}`,
        at: i,
        ...(i % 500 !== 3 && { use: i }),
        ...(reviewOf(i) !== undefined && { review: reviewOf(i) }),
      })),
    );
    const examinedBy = async (filter: Document) => {
      const before = store.server.engine.stats().examined;
      const got = await marks.find(filter).sort({ at: 1 }).toArray();
      return [got.length, store.server.engine.stats().examined - before];
    };
    expect(await examinedBy({ review: null })).toEqual([10, 10]);
    expect(await examinedBy({ review: { $exists: false } })).toEqual([5, 10]);
    expect(await examinedBy({ use: { $exists: false } })).toEqual([4, 4]);
    await marks.updateOne({ _id: 'mark-0000' }, { $set: { review: { by: 'x' } } });
    expect(await examinedBy({ review: null })).toEqual([9, 9]);
  });

  test('a walk by id examines the part it gives, in both directions', async () => {
    const part = (sort: 1 | -1, filter: Document) =>
      examined(() => rows.find(filter).sort({ _id: sort }).limit(20).toArray());
    const ids = Array.from({ length: ROWS }, (_, i) => `row-${i}`).sort();
    const after = await part(1, { _id: { $gt: 'row-15' } });
    const from = ids.indexOf('row-15') + 1;
    expect(after.got.map(({ _id }) => _id)).toEqual(ids.slice(from, from + 20));
    const last = await part(-1, {});
    expect(last.got.map(({ _id }) => _id)).toEqual(ids.slice(-20).reverse());
    const within = await examined(() => rows.find({ _id: { $gte: 'row-1990', $lt: 'row-1995' } }).toArray());
    expect(within.got).toHaveLength(5);
    expect([after.examined, last.examined, within.examined]).toEqual([20, 20, 5]);
  });

  test('a count ends where its limit is', async () => {
    const { got, examined: count } = await examined(() =>
      rows.countDocuments({ owner: 'a', state: 'NEW' }, { limit: 50 }),
    );
    expect({ got, count }).toEqual({ got: 50, count: 50 });
  });

  test('a pipeline goes on from what an index gave it', async () => {
    const { got, examined: count } = await examined(() =>
      rows
        .aggregate([
          { $match: { owner: 'a', state: 'NEW' } },
          { $sort: { at: -1, _id: 1 } },
          { $skip: 2 },
          { $limit: 3 },
          { $project: { at: 1 } },
        ])
        .toArray(),
    );
    expect(got.map(({ _id }) => _id)).toEqual(['row-1992', 'row-1989', 'row-1986']);
    expect(count).toBe(5);
  });
});
