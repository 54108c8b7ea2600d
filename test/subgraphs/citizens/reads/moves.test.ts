import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Db } from 'mongodb';
import { surroundingsOf } from '../../../../subgraphs/citizens/ingest/surroundings.js';
import { citizenCollections } from '../../../../subgraphs/citizens/source/collections.js';
import { OWN } from '../../../kit/access.js';
import { citizensKit, livesAt, personRecord, type CitizensKit } from '../../../kit/citizens-subgraph.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

/** One delivery that says where people are to live from a day on; nothing is delivered on that day. */
const OTHER = '23456780';
const OLD = 'Algade 1, 9999 Korsbæk';
const NEW = 'Bygade 2, 9998 Mosekær';
const DAY = '2026-12-01';
/** The last minute before the day and the first of it, in Denmark. */
const BEFORE = new Date('2026-11-30T22:59:00Z');
const AFTER = new Date('2026-11-30T23:01:00Z');

const elsewhere = (from: string, to: string | null = null) => ({
  ...livesAt(NEW, from, to),
  municipalityCvr: OTHER,
});
const id = (n: number) => String(personRecord(n, {})['id']);
const LEAVES = 1;
const STAYS = 2;
const THERE = 3;
const COMES = 4;

let store: TestStore;
let database: Db;
let kit: CitizensKit;
let now: Date;
let isClosing: boolean;
beforeEach(async () => {
  store = await startTestStore();
  database = store.client.db('citizens');
  isClosing = false;
  kit = await citizensKit(
    database,
    () => now,
    (error) => {
      // Whom a user opened is noted beside the answer, and may still be while the store is closed.
      if (!isClosing) throw error;
    },
  );
  now = BEFORE;
  await kit.take([
    // The register may write the coming address first or last.
    personRecord(LEAVES, {
      name: 'Anna Algade',
      addresses: [elsewhere(DAY), livesAt(OLD, '2020-01-01', DAY)],
    }),
    personRecord(STAYS, { name: 'Bo Algade', addresses: [livesAt(OLD)] }),
    personRecord(THERE, { name: 'Carl Bygade', addresses: [elsewhere('2019-01-01')] }),
    personRecord(COMES, {
      name: 'Dora Bygade',
      addresses: [elsewhere('2019-01-01', DAY), livesAt('Havnegade 3, 9999 Korsbæk', DAY)],
    }),
  ]);
});
afterEach(() => {
  isClosing = true;
  return store[Symbol.asyncDispose]();
});

const PERSON = `query($id: ID!) { citizen(id: $id) {
  address { visibility current { line } upcoming { line validFrom } history { line validTo } }
  household { visibility members { name } } municipality { cvr } } }`;
const SEARCH = `query($criteria: CitizenSearchInput!) { searchCitizens(criteria: $criteria) {
  hits { edges { node { name addressLine ownMunicipality matchedBy } } } } }`;
const person = async (n: number) => (await kit.ask(PERSON, { id: id(n) })).data.citizen;
const found = async (criteria: object) =>
  (await kit.ask(SEARCH, { criteria })).data.searchCitizens.hits.edges.map((edge: any) => edge.node);

describe('an address that is to hold from a day on', () => {
  test('is shown as coming until that day, and holds by itself from its first minute', async () => {
    expect((await person(LEAVES)).address).toEqual({
      visibility: 'SHOWN',
      current: { line: OLD },
      upcoming: [{ line: NEW, validFrom: DAY }],
      history: [],
    });
    now = AFTER;
    expect((await person(LEAVES)).address).toEqual({
      visibility: 'SHOWN',
      current: { line: NEW },
      upcoming: [],
      history: [{ line: OLD, validTo: DAY }],
    });
  });

  test('decides who lives together, from that day on', async () => {
    expect((await person(LEAVES)).household.members).toEqual([{ name: 'Bo Algade' }]);
    expect((await person(STAYS)).household.members).toEqual([{ name: 'Anna Algade' }]);
    now = AFTER;
    expect((await person(LEAVES)).household.members).toEqual([]);
    expect((await person(STAYS)).household.members).toEqual([]);
  });

  test('brings a person within reach of the municipality on that day and not before', async () => {
    expect(await person(COMES)).toBeNull();
    expect(await found({ name: 'Dora Bygade' })).toEqual([]);
    now = AFTER;
    expect((await person(COMES)).address.current).toEqual({ line: 'Havnegade 3, 9999 Korsbæk' });
    expect(await found({ name: 'Dora Bygade' })).toMatchObject([{ ownMunicipality: true }]);
    // Whoever has moved away is still the municipality's to find.
    expect((await person(LEAVES)).municipality).not.toBeNull();
  });

  test('finds nobody before that day, and then by the new address', async () => {
    const at = { address: 'Bygade 2' };
    expect(await found(at)).toEqual([]);
    expect(await found({ address: 'Algade 1' })).toMatchObject([
      { name: 'Anna Algade', matchedBy: ['ADDRESS'], addressLine: OLD },
      { name: 'Bo Algade', matchedBy: ['ADDRESS'] },
    ]);
    now = AFTER;
    expect(await found(at)).toMatchObject([
      { name: 'Anna Algade', matchedBy: ['ADDRESS'], addressLine: NEW },
      { name: 'Dora Bygade', matchedBy: ['FORMER_ADDRESS'] },
    ]);
  });

  test('decides whom an event concerns, and which municipality', async () => {
    const around = (day: string) => surroundingsOf(citizenCollections(database), [id(LEAVES)], day);
    const before = await around('2026-11-30');
    expect([before.currentHomes, before.homes, before.household.map((member) => member.id)]).toEqual([
      [OWN],
      [OWN],
      [id(STAYS)],
    ]);
    const after = await around(DAY);
    expect([after.currentHomes, [...after.homes].sort(), after.household.map((member) => member.id)]).toEqual(
      [[OTHER], [OWN, OTHER].sort(), [id(THERE)]],
    );
  });
});

test('an address that has ended holds no longer, though no other has begun', async () => {
  await kit.take([personRecord(5, { name: 'Eva Udvandret', addresses: [livesAt(OLD, '2020-01-01', DAY)] })]);
  expect((await person(5)).household.members).toHaveLength(2);
  now = AFTER;
  expect(await person(5)).toMatchObject({
    address: { visibility: 'NOT_REGISTERED', current: null, history: [{ line: OLD }] },
    household: { visibility: 'NOT_REGISTERED', members: null },
    municipality: null,
  });
});
