import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Db } from 'mongodb';
import { citizenCollections } from '../../../../subgraphs/citizens/source/collections.js';
import { addDays, addYears } from '../../../../subgraphs/shared/days/calendar.js';
import { citizensKit, livesAt, personRecord, type CitizensKit } from '../../../kit/citizens-subgraph.js';
import { DANISH_MOMENTS } from '../../../kit/danish-moments.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

const TYPE = 'OBS Tolk';
const PERSON = personRecord(1, { addresses: [livesAt('Algade 1, 9999 Korsbæk')] });

let store: TestStore;
let database: Db;
let kit: CitizensKit;
let now: Date;
let isClosing = false;
beforeAll(async () => {
  store = await startTestStore();
  database = store.client.db('citizens');
  now = new Date('2026-01-10T12:00:00Z');
  const onError = (error: unknown): void => {
    // Whom a user opened is noted beside the answer, and may still be while the store is closed.
    if (!isClosing) throw error;
  };
  kit = await citizensKit(database, () => now, onError, { remarkTypes: [TYPE] });
  await kit.take([PERSON]);
});
afterAll(() => {
  isClosing = true;
  return store[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await citizenCollections(database).remarks.deleteMany({});
});

const WRITE = 'mutation($input: RemarkInput!) { writeRemark(input: $input) { id } }';
const write = async (validTo: string): Promise<string> => {
  const input = { citizenId: PERSON['id'], type: TYPE, text: 'Tolk', validTo };
  const { errors } = await kit.ask(WRITE, { input }, ['citizen-read', 'remark-write']);
  return errors ? String(errors[0].extensions.field) : 'written';
};
const stored = () => citizenCollections(database).remarks.findOne({});

test.each(DANISH_MOMENTS)('a remark written at %s (%s) begins on %s', async (_says, at, day) => {
  now = new Date(at);
  expect(await write(day)).toBe('written');
  expect(await stored()).toMatchObject({ validFrom: day, validTo: day });
});

test.each(DANISH_MOMENTS)('and its last day, written at %s (%s), is %s or later', async (_says, at, day) => {
  now = new Date(at);
  expect(await write(addDays(day, -1))).toBe('input.validTo');
  expect(await write(day)).toBe('written');
  expect(await write(addYears(day, 5))).toBe('written');
  expect(await write(addDays(addYears(day, 5), 1))).toBe('input.validTo');
});

const READ = 'query($id: ID!) { citizen(id: $id) { remarks { remarks { validTo } } } }';
const shown = async () =>
  (await kit.ask(READ, { id: PERSON['id'] }, ['citizen-read', 'remark-read'])).data.citizen.remarks.remarks;

test.each([
  ['2026-01-13T23:00:00Z', '2026-01-14T23:00:00Z', '2026-01-14', 'in winter'],
  ['2026-07-13T22:00:00Z', '2026-07-14T22:00:00Z', '2026-07-14', 'in summer'],
  ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-29', 'of the day on which summer time begins'],
  ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', '2026-10-25', 'of the day on which summer time ends'],
  ['2028-02-28T23:00:00Z', '2028-02-29T23:00:00Z', '2028-02-29', 'of 29 February'],
])('written at %s, it is shown until %s, the end of %s: %s', async (begins, ends, day) => {
  now = new Date(begins);
  expect(await write(day)).toBe('written');
  expect(await shown()).toEqual([{ validTo: day }]);
  now = new Date(new Date(ends).getTime() - 1);
  expect(await shown()).toEqual([{ validTo: day }]);
  now = new Date(ends);
  expect(await shown()).toEqual([]);
});
