import { expect, test } from '@jest/globals';
import { shapeOf, type SlowSearch } from '../../../store/embedded/slow-search.js';
import { startTestStore } from '../../kit/store.js';

test.each<[Record<string, unknown>, string]>([
  [{}, ''],
  [{ owner: '2512484916', at: { $gte: new Date(0), $lt: new Date(1) } }, 'owner at.$gte at.$lt'],
  [{ 'access.owner': { $in: ['a', 'b'] } }, 'access.owner.$in'],
  [
    { $or: [{ a: 1 }, { $and: [{ b: { $exists: true } }, { a: 2 }] }] },
    '$or.a $or.$and.b.$exists $or.$and.a',
  ],
  [{ ties: { $elemMatch: { x: 'secret', y: { $ne: 1 } } } }, 'ties.$elemMatch.x ties.$elemMatch.y.$ne'],
  [{ 'facts.2512484916.name': 1, 'b7c1f0aa-0000': 2 }, 'facts.*.name *'],
  [{ text: /secret/ }, 'text'],
])('the shape of %j is its names and operators', (filter, shape) => {
  expect(shapeOf(filter)).toBe(shape);
});

test('a search that was slow is reported once, with its index and without a value; a quick one is not', async () => {
  const slow: SlowSearch[] = [];
  await using store = await startTestStore({ slowMs: 1, onSlow: (search) => slow.push(search) });
  const rows = store.client.db('d').collection<{ _id: number; owner: string; text: string }>('rows');
  await rows.createIndex({ owner: 1 }, { name: 'byOwner' });
  await rows.insertMany(
    Array.from({ length: 3000 }, (_, i) => ({ _id: i, owner: 'hemmelig', text: `hemmelig ${i}` })),
  );
  expect(slow).toEqual([]);
  await rows.find({ text: 'hemmelig x' }).toArray();
  await rows.updateMany({ owner: 'hemmelig', text: { $gt: 'hemmelig x' } }, { $set: { text: 'hemmelig' } });
  const [found, updated] = slow;
  expect(found).toMatchObject({
    command: 'find',
    collection: 'd.rows',
    filter: 'text',
    index: 'none',
    examined: 3000,
  });
  expect(updated).toMatchObject({
    command: 'update',
    filter: 'owner text.$gt',
    index: 'byOwner',
    examined: 3000,
  });
  expect(found!.ms).toBeGreaterThan(0);
  expect(slow).toHaveLength(2);
  expect(JSON.stringify(slow)).not.toContain('hemmelig');
});
