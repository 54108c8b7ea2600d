import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { must } from '../../kit/administration.js';
import { OVERVIEW, startAllInOne, type Stack } from '../../kit/stack.js';

/** Who looked at this person: every entry about a record is found under the persons the record is about. */
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne();
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const AT = '2026-11-01T00:00:00Z';
const IDS = `query Ids($id: ID!) { citizen(id: $id) {
  cases { cases { edges { node { id } } } } documents { documents { edges { node { id } } } }
  benefits { grants { edges { node { id } } } } alerts { alerts { edges { node { id } } } } } }`;
const CASE = `query Looked($id: ID!) { case(id: $id) { title notes { title } handedNotes { text } whyShown { code }
  registeredAsOf(at: "${AT}") { title } documents { totalCount edges { node { title registeredAsOf(at: "${AT}") { title } } } } } }`;
const DOCUMENT = `query Looked($id: ID!) { document(id: $id) { title registeredAsOf(at: "${AT}") { title } cases { title } } }`;
const PERSON = `query Looked($id: ID!) { citizen(id: $id) {
  benefits { grants { totalCount edges { node { payments { id } registeredAsOf(at: "${AT}") { status } case { title } } } } }
  alerts { alerts { edges { node { title case { title } citizen { name } } } } }
  cases { cases { edges { node { notes { title } registeredAsOf(at: "${AT}") { title } } } } }
  documents { documents { edges { node { cases { title } registeredAsOf(at: "${AT}") { title } } } } } } }`;

/** Entries that one operation left, of those that name an object or an asked id. */
async function entriesOf(query: string, variables: object): Promise<any[]> {
  const answer = await stack.ask('benefit-caseworker', query, variables);
  expect(answer.errors).toEqual([]);
  return stack.gateway.store
    .database('audit')
    .collection('entries')
    .find({ requestId: answer.headers.get('overblik-request') })
    .toArray();
}

test('every entry about a record carries the person it is about', async () => {
  const { citizenId: id } = stack.story('sickness-benefit');
  const { citizen } = (await must(stack, 'benefit-caseworker', IDS, { id })).data;
  const [aCase, aDocument] = [
    citizen.cases.cases.edges[0].node.id as string,
    citizen.documents.documents.edges[0].node.id as string,
  ];
  const looks = [
    await entriesOf(OVERVIEW, { id }),
    await entriesOf(PERSON, { id }),
    await entriesOf(CASE, { id: aCase }),
    await entriesOf(DOCUMENT, { id: aDocument }),
  ];
  for (const entries of looks) {
    const about = entries.filter(({ objects }) => objects.length > 0);
    expect(about.filter(({ citizenId }) => citizenId === id).length).toBeGreaterThan(0);
    expect(about.filter(({ citizenId }) => citizenId === null)).toEqual([]);
  }
});

test('a list of several persons’ records is found under each of them, with his own records', async () => {
  const query = '{ alertInbox { alerts(first: 50) { edges { node { id citizen { id } } } } } }';
  const { data } = await must(stack, 'benefit-caseworker', query, {});
  const nodes: { id: string; citizen: { id: string } | null }[] = data.alertInbox.alerts.edges.map(
    (edge: any) => edge.node,
  );
  const persons = [...new Set(nodes.flatMap(({ citizen }) => (citizen ? [citizen.id] : [])))];
  expect(persons.length).toBeGreaterThan(1);
  const entries = (await entriesOf(query, {})).filter(({ permission }) => permission === 'alert-read');
  for (const person of persons) {
    const his = nodes.filter(({ citizen }) => citizen?.id === person).map(({ id }) => id);
    const under = entries.filter(({ citizenId }) => citizenId === person).flatMap(({ objects }) => objects);
    expect([...new Set(under)].sort()).toEqual(his.sort());
  }
});
