import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { jobRole } from '../../../seed/development/sign-ins.js';
import { must } from '../../kit/administration.js';
import { envelope } from '../../kit/messages.js';
import { aCase, aPerson, sourceCalls, type SourceCalls } from '../../kit/source-calls.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';
import { ticketFor } from '../../kit/tickets.js';

/** Systems that write ids in capital letters, their own among them, meet those that do not. */
let stack: Stack;
let capitals: SourceCalls;
let small: SourceCalls;
beforeAll(async () => {
  stack = await startAllInOne();
  capitals = await sourceCalls(stack, (id) => id.toUpperCase());
  small = await sourceCalls(stack);
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const FIND = `query Find($cpr: String!) {
  searchCitizens(criteria: { cprNumber: $cpr }) { hits { edges { node { id } } } }
}`;
const found = async (cpr: string) =>
  (await must(stack, 'benefit-caseworker', FIND, { cpr })).data.searchCitizens.hits.edges.map(
    (edge: any) => edge.node,
  );
const CASE = 'query ($id: ID!) { case(id: $id) { id title responsibleUnit { id } notes { title } } }';
const caseOf = async (id: string) => (await must(stack, 'benefit-caseworker', CASE, { id })).data.case;

test('a person delivered in capitals is the same in small letters, and is found by either', async () => {
  const id = randomUUID();
  const person = aPerson({ id: id.toUpperCase() });
  expect(await capitals.deliver('CPR', person)).toMatchObject({ accepted: 1, results: [{ id }] });
  expect(await small.deliver('CPR', { ...person, id })).toMatchObject({ duplicate: 1 });
  expect((await found(person.cpr)).map((hit: any) => hit.id)).toEqual([id]);
  const removal = { type: 'removal', id, registeredAt: '2026-01-02T00:00:00Z', source: 'CPR', of: 'person' };
  expect(await small.deliver('CPR', removal)).toMatchObject({ accepted: 1 });
  expect(await found(person.cpr)).toEqual([]);
});

test('references in capitals lead to what was delivered in small letters', async () => {
  const person = aPerson();
  const made = aCase(person.cpr);
  const unit = unitId(KORSBAEK, 'sickness');
  await small.deliver('CPR', person);
  await small.deliver('KSD', made);
  const later = {
    ...made,
    id: made.id.toUpperCase(),
    unit: unit.toUpperCase(),
    registeredAt: '2026-01-03T00:00:00Z',
  };
  expect(await capitals.deliver('KSD', { ...later, title: 'Rettet' })).toMatchObject({ accepted: 1 });
  const note = {
    type: 'note',
    id: randomUUID().toUpperCase(),
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'KSD',
    caseId: made.id.toUpperCase(),
    title: 'Samtale',
    text: 'x',
    writtenOn: '2026-01-01',
  };
  expect(await capitals.deliver('KSD', note)).toMatchObject({ accepted: 1 });
  const opened = await caseOf(made.id.toUpperCase());
  expect(opened).toMatchObject({ id: made.id, title: 'Rettet', responsibleUnit: { id: unit } });
  expect(opened.notes).toEqual([{ title: 'Samtale' }]);
});

test('an id as databases make them, of no version, is taken everywhere', async () => {
  const person = aPerson({ id: '9A1C3D5E-7F20-EE11-9D7A-00155D01A2B3' });
  expect(await capitals.deliver('CPR', person)).toMatchObject({ accepted: 1, rejected: 0 });
  const made = aCase(person.cpr, { id: '00000000-7F20-EE11-0D7A-00155D01A2B4' });
  expect(await capitals.deliver('KSD', made)).toMatchObject({ accepted: 1, rejected: 0 });
  expect(await caseOf(made.id)).toMatchObject({ id: made.id.toLowerCase() });
  const message = envelope('CASE', made.id, 'arisen', {
    messageId: '9A1C3D5E-7F20-EE11-9D7A-00155D01A2B5',
    task: '32.30.04',
  });
  expect((await capitals.push('KSD', message)).status).not.toBe(422);
  expect(
    await ticketFor(stack, {
      party: `urn:oio:cpr-nr:${person.cpr}`,
      caseId: made.id,
      user: { cvr: KORSBAEK, subject: 'user-benefit-caseworker' },
    }),
  ).toContain('/open?ticket=');
});

test('a message in capitals comes again in small letters as the same', async () => {
  const person = aPerson();
  const made = aCase(person.cpr);
  await small.deliver('CPR', person);
  await small.deliver('KSD', made);
  const message = envelope('CASE', made.id, 'arisen', { task: '32.30.04' });
  const shouted = JSON.parse(JSON.stringify(message).replace(/[0-9a-f-]{36}/g, (id) => id.toUpperCase()));
  expect((await capitals.push('KSD', shouted)).answer).toMatchObject({ result: 'taken' });
  expect((await small.push('KSD', message)).answer).toMatchObject({ result: 'duplicate' });
});

test('a receipt in capitals settles the note', async () => {
  const person = aPerson();
  const made = aCase(person.cpr);
  await small.deliver('CPR', person);
  await small.deliver('KSD', made);
  const citizenId: string = person.id;
  const WRITE = 'mutation ($input: NoteInput!) { writeNote(input: $input) { id } }';
  const input = { caseId: made.id.toUpperCase(), citizenId: citizenId.toUpperCase(), title: 'T', text: 'x' };
  const { id } = (await must(stack, 'benefit-caseworker', WRITE, { input })).data.writeNote;
  const body = JSON.stringify({ receipts: [{ id: id.toUpperCase(), outcome: 'TAKEN' }] });
  const { answer } = await capitals.call('KSD', '/notes/v1/receipts', body, {
    'content-type': 'application/json',
  });
  expect(answer).toEqual({ settled: [id] });
});

test('a reject is settled by the record whatever case its id comes in', async () => {
  const person = aPerson();
  const shouted = { ...person, id: person.id.toUpperCase() };
  expect(await capitals.deliver('CPR', { ...shouted, name: '' })).toMatchObject({ rejected: 1 });
  const rejects = async () => (await small.call('CPR', '/feed/v1/rejects', undefined)).answer.rejects;
  expect(await rejects()).toContainEqual(expect.objectContaining({ recordId: person.id }));
  await small.deliver('CPR', person);
  expect(await rejects()).not.toContainEqual(expect.objectContaining({ recordId: person.id }));
});

test('a user whose id is delivered in capitals does not escape the rule on oneself', async () => {
  const subject = randomUUID();
  const own = aPerson();
  await small.deliver('CPR', own);
  const user = {
    type: 'user',
    id: randomUUID(),
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'ORGANISATION',
    cvr: KORSBAEK,
    subject: subject.toUpperCase(),
    person: `urn:oio:cpr-nr:${own.cpr}`,
  };
  expect(await capitals.deliver('ORGANISATION', user)).toMatchObject({ accepted: 1 });
  const hits = async (who: string) => {
    const token = await stack.tokenOf({
      name: 'capitals',
      subject: who,
      cvr: KORSBAEK,
      unit: null,
      jobFunctionRoles: [jobRole(KORSBAEK, 'benefit-caseworker')],
      shows: '',
    });
    const answer = await stack.ask('benefit-caseworker', FIND, { cpr: own.cpr }, { token });
    return answer.data.searchCitizens.hits.edges.length;
  };
  expect([await hits(randomUUID()), await hits(subject), await hits(subject.toUpperCase())]).toEqual([
    1, 0, 0,
  ]);
});

test.each([
  ['X-GZIP', 'Application/X-NDJSON', 200],
  ['GZip', 'APPLICATION/X-NDJSON; Charset=UTF-8', 200],
  ['gzip', 'Application/JSON', 200],
  ['br', 'application/x-ndjson', 415],
])('a body packed as %s and typed %s is answered %i', async (encoding, type, status) => {
  const person = JSON.stringify(aPerson());
  const text = type.toLowerCase().includes('ndjson') ? person : `[${person}]`;
  const headers = { 'content-encoding': encoding, 'content-type': type };
  const { status: answered, answer } = await small.call('CPR', '/feed/v1/records', gzipSync(text), headers);
  expect(answered).toBe(status);
  if (status === 200) expect(answer).toMatchObject({ accepted: 1, rejected: 0 });
  else
    expect(answer.errors[0].extensions).toMatchObject({
      code: 'MEDIA_TYPE_UNSUPPORTED',
      field: 'content-encoding',
      rule: 'gzip or none, not br',
    });
});
