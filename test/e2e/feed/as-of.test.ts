import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { must } from '../../kit/administration.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

let stack: Stack;
let key: JWK;
beforeAll(async () => {
  stack = await startAllInOne();
  key = (await developmentKeys(stack.directory)).sourceSystems;
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes)).toISOString();
const urn = () => `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}`;
/** A day that has not come: what is over is shown for some months only. */
const ENDS_ON = `${new Date().getUTCFullYear() + 1}-06-30`;
const OWN = { source: 'KSD', ownerCvr: KORSBAEK, sensitivity: 2 };

async function send(...records: readonly object[]): Promise<void> {
  const response = await fetch(`${stack.url}/feed/v1/records`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Bearer ${await makeAssertion(systemId('KSD'), key, 'overblik-feed', new Date())}`,
    },
    body: records.map((record) => JSON.stringify(record)).join('\n'),
  });
  expect(await response.json()).toMatchObject({ delivered: records.length, rejected: 0 });
}

const aCase = () => ({
  ...OWN,
  type: 'case',
  id: randomUUID(),
  registeredAt: at(0),
  kle: '32.30.04',
  unit: unitId(KORSBAEK, 'sickness'),
  caseNumber: `ASOF-${randomUUID().slice(0, 8)}`,
  title: 'Sygedagpenge',
  history: [{ state: 'ARISEN', on: '2026-01-01' }],
  parties: [{ role: 'PRIMARY', person: urn() }],
});
const aDocument = (caseIds: readonly string[]) => ({
  ...OWN,
  type: 'document',
  id: randomUUID(),
  kle: '32.30.04',
  documentType: 'REPORT',
  state: 'FINAL',
  letterDate: '2026-01-02',
  caseIds,
  parties: [urn()],
});

const DOCUMENT = `query AsOf($id: ID!, $at: DateTime!) {
  document(id: $id) { registeredAsOf(at: $at) { registeredAt title type state letterDate kle { number } } }
}`;
const documentAsOf = async (id: string, minute: number, signIn = 'vip-cleared') =>
  (await must(stack, signIn, DOCUMENT, { id, at: at(minute) })).data.document.registeredAsOf;

test('a document is read as it was registered at a time, under the rights of now', async () => {
  const filedOn = aCase();
  const record = aDocument([filedOn.id]);
  await send(
    filedOn,
    { ...record, title: 'Første', state: 'RECEIVED', registeredAt: at(1) },
    { ...record, title: 'Hemmelig', sensitivity: 4, registeredAt: at(2) },
    { ...record, title: 'Anden', registeredAt: at(3) },
  );
  expect(await documentAsOf(record.id, 0)).toBeNull();
  expect(await documentAsOf(record.id, 1)).toEqual({
    registeredAt: at(1),
    title: 'Første',
    type: 'REPORT',
    state: 'RECEIVED',
    letterDate: '2026-01-02',
    kle: { number: '32.30.04' },
  });
  expect((await documentAsOf(record.id, 2)).title).toBe('Hemmelig');
  expect((await documentAsOf(record.id, 9)).title).toBe('Anden');
  expect((await documentAsOf(record.id, 1, 'benefit-caseworker')).title).toBe('Første');
  expect(await documentAsOf(record.id, 2, 'benefit-caseworker')).toBeNull();
});

test('a document that was filed on another case then does not open by a case it is off now', async () => {
  const [before, now] = [aCase(), aCase()];
  const record = aDocument([]);
  await send(before, now, { ...record, title: 'Da', caseIds: [before.id], registeredAt: at(1) });
  expect((await documentAsOf(record.id, 1)).title).toBe('Da');
  await send({ ...record, title: 'Nu', caseIds: [now.id], registeredAt: at(2) });
  expect(await documentAsOf(record.id, 1)).toBeNull();
  expect((await documentAsOf(record.id, 2)).title).toBe('Nu');
});

test('a grant is read as it was registered at a time, with the benefits the caller may see', async () => {
  const id = randomUUID();
  const benefit = { id: randomUUID(), name: 'Sygedagpenge', kle: '32.30.04', startsOn: '2026-01-01' };
  const record = { ...OWN, type: 'grant', id, startsOn: '2026-01-01', party: urn(), benefits: [benefit] };
  await send(
    { ...record, status: 'ACTIVE', registeredAt: at(1) },
    { ...record, status: 'ACTIVE', endsOn: ENDS_ON, reason: 'Forlænget', registeredAt: at(3) },
  );
  // A grant shows by what was paid lately.
  const lately = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  const money = { grossOre: 100, afterTaxOre: 60, sentOre: 60 };
  await send({
    type: 'payment',
    id: randomUUID(),
    registeredAt: at(1),
    source: 'KSD',
    grantId: id,
    ownerCvr: KORSBAEK,
    periodFrom: lately,
    periodTo: lately,
    disposalDate: lately,
    ...money,
    lines: [{ text: 'Sygedagpenge', kle: '32.30.04', amountOre: 100 }],
  });
  const GRANT = `query AsOf($id: ID!, $at: DateTime!) { citizen(id: $id) { benefits { grants(first: 50) { edges { node {
    id status registeredAsOf(at: $at) { registeredAt status startsOn endsOn reason benefits { name } } } } } } } }`;
  const asOf = async (minute: number, signIn = 'benefit-caseworker') => {
    const variables = { id: stack.story('nothing-known').citizenId, at: at(minute) };
    const { citizen } = (await must(stack, signIn, GRANT, variables)).data;
    return citizen.benefits.grants?.edges.find(({ node }: any) => node.id === id)?.node;
  };
  expect(await asOf(0)).toEqual({ id, status: 'ACTIVE', registeredAsOf: null });
  expect((await asOf(2)).registeredAsOf).toEqual({
    registeredAt: at(1),
    status: 'ACTIVE',
    startsOn: '2026-01-01',
    endsOn: null,
    reason: null,
    benefits: [{ name: 'Sygedagpenge' }],
  });
  expect((await asOf(3)).registeredAsOf).toMatchObject({ endsOn: ENDS_ON, reason: 'Forlænget' });
});

test('a title that an alternative title hides today is hidden at every time', async () => {
  const record = { ...aCase(), title: 'Åben titel' };
  await send(
    { ...record, title: 'Titlen med navnet', registeredAt: at(1) },
    { ...record, title: 'Titlen med navnet', alternativeTitle: 'Sag', registeredAt: at(2) },
  );
  const query =
    'query($id: ID!, $at: DateTime!) { case(id: $id) { title registeredAsOf(at: $at) { title } } }';
  const read = async (minute: number) =>
    (await must(stack, 'vip-cleared', query, { id: record.id, at: at(minute) })).data.case;
  expect(await read(1)).toEqual({ title: 'Sag', registeredAsOf: { title: 'Sag' } });
  expect(await read(2)).toEqual({ title: 'Sag', registeredAsOf: { title: 'Sag' } });
});
