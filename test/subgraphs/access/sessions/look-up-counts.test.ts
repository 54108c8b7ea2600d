import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accessIngest } from '../../../../subgraphs/access/ingest/access-ingest.js';
import { accessCollections } from '../../../../subgraphs/access/source/collections.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

test('look-ups are counted for each user, authority and hour; asking counts nothing', async () => {
  const access = accessIngest(store.client.db('access'));
  const count = (by: number, hour = 500_000, subject = 'user', cvr = '12345678') =>
    access.countLookUps({ cvr, subject }, hour, by);
  expect(await count(0)).toBe(0);
  const { lookUps } = accessCollections(store.client.db('access'));
  expect(await lookUps.countDocuments()).toBe(0);
  expect([await count(1), await count(2), await count(0), await count(0)]).toEqual([1, 3, 3, 3]);
  expect([await count(5, 500_001), await count(6, 500_000, 'other')]).toEqual([5, 6]);
  expect([await count(7, 500_000, 'user', '23456780'), await count(0)]).toEqual([7, 3]);
  const at = await Promise.all(Array.from({ length: 10 }, () => count(1, 500_002)));
  expect(at.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a count is over when its hour is', async () => {
  const { lookUps } = accessCollections(store.client.db('access'));
  const hour = Date.parse('2026-03-01T08:00:00Z') / 3_600_000;
  await accessIngest(store.client.db('access')).countLookUps({ cvr: '12345678', subject: 'ends' }, hour, 1);
  const [kept] = await lookUps.find({ _id: `${hour}|12345678|ends` }).toArray();
  expect(kept?.until).toEqual(new Date('2026-03-01T09:00:00Z'));
});
