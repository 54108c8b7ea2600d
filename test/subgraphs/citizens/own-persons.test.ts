import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { citizensIngest } from '../../../subgraphs/citizens/ingest/citizens-ingest.js';
import { citizensKit, livesAt, personRecord, type CitizensKit } from '../../kit/citizens-subgraph.js';
import { until } from '../../kit/administration.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
let kit: CitizensKit;
let now: Date;
let failures: unknown[];
const person = (n: number) =>
  personRecord(n, { name: `Person ${n}`, addresses: [livesAt(`Havnegade ${n}, 9999 Korsbæk`)] });
const idOf = (n: number) => String(person(n)['id']);
const days = (count: number) => (now = new Date(now.getTime() + count * 86_400_000));

beforeEach(async () => {
  store = await startTestStore();
  now = new Date('2026-06-01T10:00:00Z');
  failures = [];
  kit = await citizensKit(
    store.client.db('citizens'),
    () => now,
    (error) => void failures.push(error),
  );
  await kit.take([1, 2, 3].map(person));
});
afterEach(() => store[Symbol.asyncDispose]());

const rows = () => store.client.db('citizens').collection('own-persons').countDocuments();
const recent = async (): Promise<string[]> =>
  (await kit.ask('{ recentCitizens { id } }', {})).data.recentCitizens.map(({ id }: any) => id);
const favourites = async (): Promise<string[]> =>
  (await kit.ask('{ favouriteCitizens { id } }', {})).data.favouriteCitizens.map(({ id }: any) => id);
const open = async (n: number) => {
  days(0.01);
  await kit.ask('query ($id: ID!) { citizen(id: $id) { id } }', { id: idOf(n) });
  await until(async () => (await recent())[0] === idOf(n));
};
const keep = (n: number) => kit.ask('mutation ($id: ID!) { addFavourite(id: $id) }', { id: idOf(n) });

test('whoever opens a person has that person first among those opened lately, without another word', async () => {
  for (const n of [1, 2, 3, 1]) await open(n);
  expect(await recent()).toEqual([1, 3, 2].map(idOf));
});

test('a person who only appears in a list, or is not there, was not opened', async () => {
  await kit.ask('{ searchCitizens(criteria: { name: "Person" }) { outcome } }', {});
  await kit.ask('query ($id: ID!) { citizen(id: $id) { id } }', { id: idOf(9) });
  await open(2);
  expect(await recent()).toEqual([idOf(2)]);
  expect(await rows()).toBe(1);
});

test('that it could not be noted costs the answer nothing', async () => {
  await store.client.db('citizens').collection('own-persons').drop();
  await store.client
    .db('citizens')
    .collection<{ _id: string }>('own-persons')
    .createIndex({ subject: 1 }, { unique: true, name: 'breaks' });
  await open(1);
  const { data, errors } = await kit.ask('query ($id: ID!) { citizen(id: $id) { name } }', { id: idOf(2) });
  expect([data.citizen.name, errors]).toEqual(['Person 2', undefined]);
  await until(() => Promise.resolve(failures.length === 1));
});

test('what was opened lately is forgotten after ninety days, a favourite a year after its last use', async () => {
  await open(1);
  await open(2);
  await keep(1);
  days(89);
  expect(await recent()).toHaveLength(2);
  days(2);
  expect(await recent()).toEqual([]);
  days(200);
  await open(1);
  days(364);
  expect(await favourites()).toEqual([idOf(1)]);
  days(2);
  expect(await favourites()).toEqual([]);
  const { data } = await kit.ask('query ($id: ID!) { citizen(id: $id) { isFavourite } }', { id: idOf(1) });
  expect(data.citizen.isFavourite).toBe(false);
});

test('the housekeeping removes what is too old, also of users who never come back, and nothing else', async () => {
  const ingest = citizensIngest(store.client.db('citizens'));
  await open(1);
  await keep(2);
  await open(3);
  await keep(3);
  expect(await ingest.forgetOwnPersons(now)).toBe(0);
  days(91);
  expect(await ingest.forgetOwnPersons(now)).toBe(1);
  expect((await favourites()).sort()).toEqual([idOf(2), idOf(3)]);
  days(275);
  expect(await ingest.forgetOwnPersons(now)).toBe(2);
  expect(await rows()).toBe(0);
});

test('favourites stored before they had an age begin their year when they are first looked at', async () => {
  await keep(1);
  const own = store.client.db('citizens').collection('own-persons');
  await own.updateMany({}, { $unset: { usedAt: '' } });
  await citizensIngest(store.client.db('citizens')).forgetOwnPersons(now);
  expect(await favourites()).toEqual([idOf(1)]);
});
