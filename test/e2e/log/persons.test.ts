import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
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

/** Entries that one operation left. */
async function entriesOf(query: string, variables: object): Promise<any[]> {
  return (await asked('benefit-caseworker', query, variables)).entries;
}

/** Asks, and reads what that left in the log. */
async function asked(
  signIn: string,
  query: string,
  variables: object,
): Promise<{ data: any; entries: any[] }> {
  const answer = await stack.ask(signIn, query, variables);
  expect(answer.errors).toEqual([]);
  const log = stack.gateway.store.database('audit').collection('entries');
  const entries = await log.find({ requestId: answer.headers.get('overblik-request') }).toArray();
  return { data: answer.data, entries };
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

test('a list of several persons’ records is found under each of them, with the records of that person', async () => {
  const query = '{ alertInbox { alerts(first: 50) { edges { node { id citizen { id } } } } } }';
  const { data } = await must(stack, 'benefit-caseworker', query, {});
  const nodes: { id: string; citizen: { id: string } | null }[] = data.alertInbox.alerts.edges.map(
    (edge: any) => edge.node,
  );
  const persons = [...new Set(nodes.flatMap(({ citizen }) => (citizen ? [citizen.id] : [])))];
  expect(persons.length).toBeGreaterThan(1);
  const entries = (await entriesOf(query, {})).filter(({ permission }) => permission === 'alert-read');
  for (const person of persons) {
    const own = nodes.filter(({ citizen }) => citizen?.id === person).map(({ id }) => id);
    const under = entries.filter(({ citizenId }) => citizenId === person).flatMap(({ objects }) => objects);
    expect([...new Set(under)].sort()).toEqual(own.sort());
  }
});

describe('every change of a person’s record, and every list of one’s own, is found under the person', () => {
  /** Expects the entries of some records to stand under one person, and each record to have one. */
  const expectUnder = (person: string, entries: any[], ids: readonly string[]) => {
    for (const id of ids) {
      const about = entries.filter(({ objects }) => objects.includes(id));
      expect(about.map(({ citizenId }) => citizenId)).toContain(person);
      expect(about.every(({ citizenId }) => citizenId === person)).toBe(true);
    }
  };

  test('alerts that are handled, and reminders about them', async () => {
    const inbox = '{ alertInbox { alerts(first: 50) { edges { node { id state citizen { id } } } } } }';
    const { data } = await must(stack, 'benefit-caseworker', inbox, {});
    const nodes: any[] = data.alertInbox.alerts.edges.map((edge: any) => edge.node);
    const { id, citizen } = nodes.find((node) => node.state === 'NEW' && node.citizen !== null);
    const take = 'mutation Take($ids: [ID!]!) { takeAlerts(ids: $ids) { done } }';
    expectUnder(citizen.id, (await asked('benefit-caseworker', take, { ids: [id] })).entries, [id]);
    const create = 'mutation Create($input: ReminderInput!) { createReminder(input: $input) { id } }';
    const input = { title: 'Ring op', dueOn: danishDay(new Date()), alertId: id };
    const created = await asked('benefit-caseworker', create, { input });
    expectUnder(citizen.id, created.entries, [id]);
    const reminder = created.data.createReminder.id as string;
    const listed = await asked('benefit-caseworker', '{ reminders { title } }', {});
    expectUnder(citizen.id, listed.entries, [reminder]);
    const done = 'mutation Done($id: ID!) { completeReminder(id: $id) { done } }';
    expectUnder(citizen.id, (await asked('benefit-caseworker', done, { id: reminder })).entries, [reminder]);
  });

  test('a remark that is taken away', async () => {
    const { citizenId } = stack.story('nothing-known');
    const write = 'mutation Write($input: RemarkInput!) { writeRemark(input: $input) { id } }';
    const input = { citizenId, type: 'OBS Tolk', text: 'Arabisk', validTo: danishDay(new Date()) };
    const { id } = (await must(stack, 'citizen-service', write, { input })).data.writeRemark;
    const remove = 'mutation Delete($id: ID!) { deleteRemark(id: $id) }';
    expectUnder(citizenId, (await asked('citizen-service', remove, { id })).entries, [id]);
  });

  test('a note under way that is listed and taken back', async () => {
    const { citizenId } = stack.story('sickness-benefit');
    const { citizen } = (await must(stack, 'benefit-caseworker', IDS, { id: citizenId })).data;
    const caseId = citizen.cases.cases.edges[0].node.id as string;
    const write = 'mutation Write($input: NoteInput!) { writeNote(input: $input) { id } }';
    const input = { caseId, citizenId, title: 'Samtale', text: 'Aftalt nyt møde.' };
    const { id } = (await must(stack, 'benefit-caseworker', write, { input })).data.writeNote;
    expectUnder(citizenId, (await asked('benefit-caseworker', '{ notesUnderWay { id } }', {})).entries, [id]);
    const discard = 'mutation Discard($id: ID!) { discardNote(id: $id) }';
    expectUnder(citizenId, (await asked('benefit-caseworker', discard, { id })).entries, [id]);
  });

  test('a lift that is reviewed', async () => {
    const { citizenId } = stack.story('child-at-risk');
    const lift = 'mutation Lift($id: ID!) { breakGlass(citizenId: $id, reason: "Akut henvendelse.") { id } }';
    const { id } = (await must(stack, 'benefit-caseworker', lift, { id: citizenId })).data.breakGlass;
    const review = `mutation Review($id: ID!) {
      reviewLift(id: $id, verdict: JUSTIFIED, note: "Bekræftet ved skranken.") { id } }`;
    expectUnder(citizenId, (await asked('role-approver', review, { id })).entries, [id]);
  });
});
