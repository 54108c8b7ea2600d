import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Db } from 'mongodb';
import { renewSearchKeys } from '../../../../subgraphs/citizens/ingest/renew-search-keys.js';
import { citizenCollections } from '../../../../subgraphs/citizens/source/collections.js';
import { SEARCH_KEYS_VERSION } from '../../../../subgraphs/citizens/source/search-keys.js';
import { OWN } from '../../../kit/access.js';
import { citizensKit, livesAt, personRecord } from '../../../kit/citizens-subgraph.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

let store: TestStore;
let database: Db;
beforeEach(async () => {
  store = await startTestStore();
  database = store.client.db('citizens');
});
afterEach(() => store[Symbol.asyncDispose]());

const NAME = 'Guðrun Þórdal';
const LINE = 'Gl. Kongevej 12 B, st.th., 9996 Korsbæk';

/** Puts persons and a company into the store as version 1 kept them. */
async function storedBefore(count: number): Promise<void> {
  const before = await citizensKit(database);
  await before.take(
    Array.from({ length: count }, (_, i) => personRecord(i, { name: NAME, addresses: [livesAt(LINE)] })),
  );
  const old = {
    $set: {
      nameTokens: ['guðrun', 'þordal'],
      addressTokens: ['gl', 'kongevej'],
      householdKey: 'gl. kongevej 12 b',
      homes: ['12345678'],
    },
    $unset: { places: '', households: '' },
  };
  await database.collection('citizens').updateMany({}, old);
  await database.collection('citizens').createIndex({ addressTokens: 1 }, { name: 'address' });
  await database.collection('citizens').createIndex({ householdKey: 1 }, { name: 'household' });
  await database.collection('renewals').deleteMany({});
  await database.collection<{ _id: string }>('companies').insertOne({
    _id: 'b-1',
    rev: 1,
    cvr: '12345678',
    name: "Weiß & O'Brien ApS",
    nameTokens: ['weiß', 'o', 'brien', 'aps'],
  } as never);
}

const search = (criteria: object) =>
  citizensKit(database).then((kit) =>
    kit.ask('query($criteria: CitizenSearchInput!) { searchCitizens(criteria: $criteria) { countClass } }', {
      criteria,
    }),
  );

test('what an earlier version stored is found by the keys of this one from the start on', async () => {
  await storedBefore(3);
  for (const criteria of [{ name: 'gudrun thordal' }, { address: 'Gammel Kongevej 12B st th' }])
    expect((await search(criteria)).data.searchCitizens.countClass).toBe('UP_TO_20');
  const { citizens, companies, renewals } = citizenCollections(database);
  const stored = await citizens.find().toArray();
  expect(new Set(stored.map(({ households }) => households[0]!.key)).size).toBe(1);
  expect(stored.map(({ homes }) => homes)).toEqual(stored.map(() => [{ cvr: OWN, from: '2020-01-01' }]));
  expect(stored.every((row) => !('addressTokens' in row) && !('householdKey' in row))).toBe(true);
  expect((await companies.findOne({ _id: 'b-1' }))!.nameTokens).toEqual(
    expect.arrayContaining(['weiss', 'obrien']),
  );
  expect(await renewals.findOne({ _id: 'search-keys' })).toMatchObject({ version: SEARCH_KEYS_VERSION });
  const indexes = (await citizens.listIndexes().toArray()).map(({ name }) => name as string);
  for (const name of ['address', 'household']) expect(indexes).not.toContain(name);
});

test('every record is renewed however many there are, and only once', async () => {
  await storedBefore(603);
  const collections = citizenCollections(database);
  expect(await renewSearchKeys(collections)).toBe(604);
  expect(await collections.citizens.countDocuments({ nameTokens: 'thordal' })).toBe(603);
  const revs = await collections.citizens.distinct('rev');
  expect(await renewSearchKeys(collections)).toBe(0);
  expect(await collections.citizens.distinct('rev')).toEqual(revs);
});

test('a renewal that broke off goes on with what is left', async () => {
  await storedBefore(5);
  const collections = citizenCollections(database);
  await renewSearchKeys(collections);
  const before = await collections.citizens.find().toArray();
  await database.collection('renewals').deleteMany({});
  await collections.citizens.updateOne({ _id: before[0]!._id }, { $set: { nameTokens: ['guðrun'] } });
  expect(await renewSearchKeys(collections)).toBe(1);
});

test('a record that is delivered while it is renewed keeps what was delivered', async () => {
  await storedBefore(2);
  const kit = await citizensKit(database);
  await database.collection('renewals').deleteMany({});
  await database.collection('citizens').updateMany({}, { $set: { nameTokens: ['old'] } });
  const newer = personRecord(0, { name: 'Ny Navn', registeredAt: '2026-02-01T00:00:00Z' });
  const collections = citizenCollections(database);
  await Promise.all([renewSearchKeys(collections), kit.take([newer])]);
  const stored = await collections.citizens.find().toArray();
  expect(stored.find(({ name }) => name === 'Ny Navn')).toMatchObject({ nameTokens: ['ny', 'navn'] });
  expect(stored.some(({ nameTokens }) => nameTokens.includes('old'))).toBe(false);
});
