import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { citizensIngest } from '../../../subgraphs/citizens/ingest/citizens-ingest.js';
import { citizenCollections } from '../../../subgraphs/citizens/source/collections.js';
import { personShape, remarkShape } from '../../../subgraphs/shared/records/register-records.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const REMARK_ID = '5b0e1d5e-3a8e-4a41-9a58-0d3b2f6c1a01';
const PERSON_ID = '5b0e1d5e-3a8e-4a41-9a58-0d3b2f6c1a02';
/** Fails modulus 11, so it is nobody's. */
const CPR = '0202701234';

const remark = remarkShape.parse({
  type: 'remark',
  id: REMARK_ID,
  registeredAt: '2026-01-01T00:00:00Z',
  source: 'OVERBLIK',
  cvr: '12345678',
  person: `urn:oio:cpr-nr:${CPR}`,
  remarkType: 'OBS Tolk',
  text: 'Tolk',
  validFrom: '2026-01-01',
});
const person = personShape.parse({
  type: 'person',
  id: PERSON_ID,
  registeredAt: '2026-01-02T00:00:00Z',
  source: 'CPR',
  cpr: CPR,
  birthDate: '1970-02-02',
  name: 'Prøve Person',
  sex: 'FEMALE',
  civilStatus: 'UNMARRIED',
  addresses: [],
});

test('a remark that arrives before its person waits, belongs to nobody meanwhile, and finds the person later', async () => {
  const database = store.client.db('citizens');
  const ingest = citizensIngest(database);
  const { remarks } = citizenCollections(database);
  await ingest.remarks([remark]);
  expect(await remarks.findOne({ _id: REMARK_ID })).toMatchObject({ citizenId: null, personKey: CPR });
  await ingest.persons([person]);
  expect(await remarks.findOne({ _id: REMARK_ID })).toMatchObject({ citizenId: PERSON_ID });
});
