import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { alertCollections, type AlertCollections } from '../../../../subgraphs/alerts/source/collections.js';
import { SearchSource } from '../../../../subgraphs/alerts/source/own-source.js';
import type { SavedSearchRecord } from '../../../../subgraphs/alerts/source/records.js';
import type { Permit } from '../../../../subgraphs/shared/guard/permit.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

// cast: a saved search belongs to its owner whatever the permit gives
const PERMIT = {} as unknown as Permit<'alert-read'>;
const search = (change: Partial<Omit<SavedSearchRecord, '_id'>> = {}) => ({
  cvr: '12345678',
  subject: 'user',
  name: 'Nye sager',
  shared: false,
  states: [],
  eventTypes: [],
  groupId: null,
  kle: null,
  ...change,
});

let store: TestStore;
let collections: AlertCollections;
let source: SearchSource;
beforeAll(async () => {
  store = await startTestStore();
  collections = alertCollections(store.client.db('alerts'));
  source = new SearchSource(collections);
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => collections.searches.deleteMany({}));

const all = () => collections.searches.find().toArray();

test('a search that is saved many times at once under one name is one', async () => {
  const kles = ['27.*', '32.*', '15.*', '23.*', '54.*'];
  const saved = await Promise.all(kles.map((kle) => source.save(PERMIT, search({ kle }))));
  expect(new Set(saved.map(({ _id }) => _id)).size).toBe(1);
  expect(await all()).toEqual([expect.objectContaining({ name: 'Nye sager' })]);
  // Two who save at once on MongoDB both find none: the id alone is unique there.
  await collections.searches.deleteMany({});
  expect((await source.save(PERMIT, search()))._id).toBe(saved[0]?._id);
});

test('another name, user or authority has a search of its own', async () => {
  await source.save(PERMIT, search());
  await source.save(PERMIT, search({ name: 'Andre' }));
  await source.save(PERMIT, search({ subject: 'other' }));
  await source.save(PERMIT, search({ cvr: '23456780' }));
  expect(await all()).toHaveLength(4);
});

test('a search saved by an earlier version keeps its id and takes the new content', async () => {
  const _id = randomUUID();
  await collections.searches.insertOne({ _id, ...search({ kle: '27.*' }) });
  expect(await source.save(PERMIT, search({ kle: '32.*' }))).toEqual({ _id, ...search({ kle: '32.*' }) });
  expect(await all()).toHaveLength(1);
});
