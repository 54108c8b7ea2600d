import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { FJORDBY, KORSBAEK, MOSEKAER, unitId } from '../../../seed/authorities.js';
import { jobRole } from '../../../seed/development/sign-ins.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { DRAFT_MAPPING, enforce, must, until } from '../../kit/administration.js';
import { envelope, INBOX, SAVE_GROUP } from '../../kit/messages.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';

const HANDLED = `{ id done reason alert { id state assignee } }`;
const TAKE = `mutation Take($ids: [ID!]!) { takeAlerts(ids: $ids) ${HANDLED} }`;
const BACK = `mutation Back($ids: [ID!]!) { giveAlertsBack(ids: $ids) ${HANDLED} }`;
const ASSIGN = `mutation Assign($ids: [ID!]!, $to: ID!) { assignAlerts(ids: $ids, to: $to) ${HANDLED} }`;
const COMPLETE = `mutation Complete($ids: [ID!]!) { completeAlerts(ids: $ids) ${HANDLED} }`;

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('messages and the inbox, %s', (_mode, start) => {
  let stack: Stack;
  let key: JWK;
  beforeAll(async () => {
    stack = await start();
    key = (await developmentKeys(stack.directory)).sourceSystems;
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const send = async (path: string, body: string, system: string) => {
    const token = await makeAssertion(systemId(system), key, 'overblik-feed', new Date());
    const response = await fetch(`${stack.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': path === '/messages/v1' ? 'application/json' : 'application/x-ndjson',
        authorization: `Bearer ${token}`,
      },
      body,
    });
    return { status: response.status, answer: await response.json() };
  };
  const push = (message: object, system = 'CPR') => send('/messages/v1', JSON.stringify(message), system);
  const urn = (slug: string) => `urn:oio:cpr-nr:${stack.story(slug).cpr}`;
  const inbox = async (signIn: string, filter: object = {}, token?: string) => {
    const answer = await stack.ask(signIn, INBOX, { filter }, token === undefined ? {} : { token });
    expect(answer.errors).toEqual([]);
    return answer.data.alertInbox.alerts.edges.map((edge: any) => edge.node);
  };
  const group = async (change: object) => {
    const input = {
      name: `Gruppe ${randomUUID().slice(0, 8)}`,
      eventTypes: ['REGISTER_EVENT'],
      topic: '32.24.04',
      relations: ['PERSON'],
      receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'benefits') }],
      validFrom: '2020-01-01',
      ...change,
    };
    const { data } = await must(stack, 'alert-admin', SAVE_GROUP, { input });
    return data.saveAlertGroup;
  };

  test('a death shows for the unit that is to know, and for nobody else', async () => {
    const made = await group({ name: 'Dødsfald', eventCodes: ['005'] });
    const message = envelope('PERSON', urn('sickness-benefit'), '005');
    expect(await push(message)).toEqual({ status: 200, answer: { result: 'taken', alerts: 1 } });
    const seen = await inbox('benefit-caseworker', { groupId: made.id });
    expect(seen).toEqual([
      expect.objectContaining({
        title: 'Død',
        eventCode: '005',
        state: 'NEW',
        groupName: 'Dødsfald',
        citizen: { id: stack.story('sickness-benefit').citizenId },
        receivingUnit: { id: unitId(KORSBAEK, 'benefits') },
        sourceSystem: { code: 'CPR' },
        kle: { number: '32.24.04' },
      }),
    ]);
    for (const other of [
      'vip-cleared',
      'family-adviser',
      'citizen-service',
      'other-municipality',
      'alert-admin',
      'no-roles',
    ])
      expect(
        (await stack.ask(other, INBOX, { filter: { groupId: made.id } })).data.alertInbox?.alerts?.edges ??
          [],
      ).toEqual([]);
    const again = await push(message);
    expect(again).toEqual({ status: 200, answer: { result: 'duplicate', alerts: 0 } });
    expect(await inbox('benefit-caseworker', { groupId: made.id })).toHaveLength(1);
  });

  test('alerts are given to a user of the own organisation and nobody else', async () => {
    const made = await group({ name: 'Tildeling', eventCodes: ['028'] });
    await push(envelope('PERSON', urn('sickness-benefit'), '028'));
    const [{ id }] = await inbox('benefit-caseworker', { groupId: made.id });
    for (const to of ['user-nobody', 'user-other-municipality']) {
      const refused = await stack.ask('benefit-caseworker', ASSIGN, { ids: [id], to });
      expect(refused.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'to' });
    }
    const { data } = await must(stack, 'benefit-caseworker', `{ colleagues { id unit { id } } }`, {});
    expect(data.colleagues[0].unit.id).toBe(unitId(KORSBAEK, 'benefits'));
    const ids = data.colleagues.map((colleague: any) => colleague.id);
    expect(ids).toContain('user-vip-cleared');
    expect(ids).not.toContain('user-other-municipality');
    const given = await must(stack, 'benefit-caseworker', ASSIGN, { ids: [id], to: 'user-vip-cleared' });
    expect(given.data.assignAlerts[0]).toMatchObject({ done: true, alert: { assignee: 'user-vip-cleared' } });
  });

  test('a group reaches no further than its administrator: area, unit, and receivers that are there', async () => {
    for (const change of [
      { receivers: [{ kind: 'UNIT', id: randomUUID() }] },
      { receivers: [{ kind: 'UNIT', id: unitId(MOSEKAER, 'benefits') }] },
      { receivers: [{ kind: 'USER', id: 'user-nobody' }] },
    ]) {
      const input = {
        name: 'Ingen',
        eventTypes: ['GENERAL'],
        topic: '32.24.04',
        relations: ['PERSON'],
        validFrom: '2020-01-01',
        ...change,
      };
      const refused = await stack.ask('alert-admin', SAVE_GROUP, { input });
      expect(refused.errors[0]!.extensions).toMatchObject({
        code: 'BAD_INPUT',
        field: 'input.receivers.id',
      });
    }
    const uri = `${jobRole(KORSBAEK, 'alert-admin')}/sickness`;
    const mapping = {
      uri,
      revision: 0,
      name: 'Sygedagpengenes advisadministrator',
      grants: [{ role: 'alert-administer', kle: ['32.30.*'], units: [unitId(KORSBAEK, 'sickness')] }],
      why: 'The unit decides on its own alerts.',
    };
    await must(stack, 'role-admin', DRAFT_MAPPING, { input: mapping });
    await enforce(stack, 'MAPPING', uri);
    const bounded = await stack.tokenOf({
      name: 'bounded',
      subject: 'user-bounded',
      cvr: KORSBAEK,
      unit: null,
      jobFunctionRoles: [uri],
      shows: '',
    });
    const own = {
      name: 'Egen',
      eventTypes: ['GENERAL'],
      kle: ['32.30.*'],
      topic: '32.30.04',
      relations: ['PERSON'],
      receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'sickness') }],
      validFrom: '2020-01-01',
    };
    const save = (change: object) =>
      stack.ask('', SAVE_GROUP, { input: { ...own, ...change } }, { token: bounded });
    await until(async () => (await save({})).errors.length === 0);
    const foreign = await group({ name: 'En andens', eventCodes: ['030'] });
    for (const [change, field] of [
      [{ kle: ['*'] }, 'input'],
      [{ topic: '27.12.00' }, 'input'],
      [{ receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'benefits') }] }, 'input'],
      [{ id: foreign.id, revision: 1 }, 'input.id'],
    ] as const)
      expect((await save(change)).errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field });
    const END_GROUP = `mutation End($id: ID!) { endAlertGroup(id: $id) { id } }`;
    const ended = await stack.ask('', END_GROUP, { id: foreign.id }, { token: bounded });
    expect(ended.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'id' });
  });

  test('age, code, kind of relation and municipality decide whom a message is about', async () => {
    const family = stack.gateway.stories().find(({ slug }) => slug === 'every-system')!;
    const young = await group({ name: 'Kun unge', eventCodes: ['004'], ageTo: 1 });
    const household = await group({
      name: 'Samme adresse',
      eventCodes: ['004'],
      relations: ['SAME_ADDRESS', 'SPOUSE'],
    });
    expect((await push(envelope('PERSON', urn('every-system'), '004'))).answer.result).toBe('taken');
    expect(await inbox('benefit-caseworker', { groupId: young.id })).toEqual([]);
    const others = await inbox('benefit-caseworker', { groupId: household.id });
    expect(others.map((alert: any) => alert.citizen.id)).not.toContain(family.citizenId);
    const elsewhere = envelope('PERSON', urn('every-system'), '004', { allowedReceivers: [FJORDBY] });
    expect((await push(elsewhere)).answer).toEqual({ result: 'ignored', rule: expect.any(String) });
  });

  test('a message no agreement covers makes no alert: sender, area, sensitivity, authority, event', async () => {
    const made = await group({ eventTypes: ['CASE_ARISEN', 'GENERAL'] });
    const caseId = randomUUID();
    const about = { relatedObjects: [{ id: urn('sickness-benefit'), type: 'PERSON' }] };
    const refused = [
      envelope('CASE', caseId, 'Opstået', { ...about, task: '27.12.00' }),
      envelope('CASE', caseId, 'Opstået', { ...about, authority: '33236239' }),
      envelope('CASE', caseId, 'Omdøbt', about),
    ];
    for (const message of refused) expect((await push(message, 'KSD')).answer.result).toBe('ignored');
    const sensitive = envelope('CASE', caseId, 'Opstået', {
      ...about,
      sender: 'UDK_SAL',
      securityClass: 'VIP_SAGER',
    });
    expect((await push(sensitive, 'UDK_SAL')).answer.result).toBe('ignored');
    // A system tells of what it may deliver: KSD of no person's death, the register of no case.
    const death = envelope('PERSON', urn('sickness-benefit'), '005', { sender: 'KSD' });
    expect((await push(death, 'KSD')).answer.result).toBe('ignored');
    const byRegister = envelope('CASE', caseId, 'Opstået', { ...about, sender: 'CPR' });
    expect((await push(byRegister, 'CPR')).answer.result).toBe('ignored');
    const forged = envelope('CASE', caseId, 'Opstået', { ...about, sender: 'KY' });
    expect(await push(forged, 'KSD')).toEqual({
      status: 422,
      answer: { result: 'rejected', field: 'filterData.sender', rule: 'the system that sends' },
    });
    const { messageId: _without, ...broken } = envelope('CASE', caseId, 'Opstået');
    expect(await push(broken, 'KSD')).toEqual({
      status: 422,
      answer: { result: 'rejected', field: 'messageId', rule: expect.any(String) },
    });
    expect((await send('/messages/v1', '{', 'KSD')).status).toBe(422);
    expect(await inbox('benefit-caseworker', { groupId: made.id })).toEqual([]);
  });

  test('an alert with a case shows to whoever sees the case, and no longer when the case is tightened', async () => {
    const made = await group({ eventTypes: ['CASE_ARISEN'] });
    const record = (minute: number, sensitivity: number) => ({
      type: 'case',
      id: caseId,
      registeredAt: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
      source: 'KSD',
      ownerCvr: KORSBAEK,
      kle: '32.30.04',
      sensitivity,
      unit: unitId(KORSBAEK, 'benefits'),
      caseNumber: `MSG-${caseId.slice(0, 8)}`,
      title: 'Sygedagpenge',
      history: [{ state: 'ARISEN', on: '2026-01-01' }],
      parties: [{ role: 'PRIMARY', person: urn('sickness-benefit') }],
    });
    const caseId = randomUUID();
    const deliver = async (message: object) =>
      expect((await send('/feed/v1/records', JSON.stringify(message), 'KSD')).answer).toMatchObject({
        accepted: 1,
      });
    await deliver(record(0, 2));
    const receipt = await push(envelope('CASE', caseId, 'Opstået', { task: '32.30.04' }), 'KSD');
    expect(receipt.answer.result).toBe('taken');
    const [alert] = await inbox('benefit-caseworker', { groupId: made.id });
    expect(alert).toMatchObject({ eventType: 'CASE_ARISEN', case: { id: caseId } });
    await deliver(record(1, 4));
    expect(await inbox('benefit-caseworker', { groupId: made.id })).toEqual([]);
    const { data } = await must(stack, 'benefit-caseworker', COMPLETE, { ids: [alert.id] });
    expect(data.completeAlerts).toEqual([{ id: alert.id, done: false, reason: 'NOT_FOUND', alert: null }]);
    await deliver(record(2, 2));
    expect(await inbox('benefit-caseworker', { groupId: made.id })).toHaveLength(1);
  });

  test('take, give back, assign, complete a selection: each says for itself whether it was done', async () => {
    const made = await group({ eventCodes: ['034', '036'], cleanUpDays: 1 });
    for (const code of ['034', '036', '034'])
      expect((await push(envelope('PERSON', urn('sickness-benefit'), code))).answer.alerts).toBe(1);
    const ids = (await inbox('benefit-caseworker', { groupId: made.id })).map((alert: any) => alert.id);
    expect(ids).toHaveLength(3);
    const [first, second, third] = ids;
    const change = async (query: string, variables: object) => {
      const { data } = await must(stack, 'benefit-caseworker', query, variables);
      return (Object.values(data)[0] as any[]).map(({ done, reason, alert }) => [
        done,
        reason,
        alert?.state ?? null,
      ]);
    };
    expect(await change(TAKE, { ids: [first] })).toEqual([[true, null, 'IN_PROGRESS']]);
    expect(await change(TAKE, { ids: [first, second] })).toEqual([
      [false, 'ALREADY_SO', 'IN_PROGRESS'],
      [true, null, 'IN_PROGRESS'],
    ]);
    expect(await inbox('benefit-caseworker', { groupId: made.id, mine: true })).toHaveLength(2);
    expect(await change(BACK, { ids: [second] })).toEqual([[true, null, 'NEW']]);
    expect(await change(ASSIGN, { ids: [second], to: 'staff-benefits-1' })).toEqual([
      [true, null, 'IN_PROGRESS'],
    ]);
    expect(await change(TAKE, { ids: [second] })).toEqual([[false, 'TAKEN_BY_ANOTHER', 'IN_PROGRESS']]);
    const unknown = randomUUID();
    expect(await change(COMPLETE, { ids: [first, unknown, third] })).toEqual([
      [true, null, 'COMPLETED'],
      [false, 'NOT_FOUND', null],
      [true, null, 'COMPLETED'],
    ]);
    const { data } = await must(stack, 'benefit-caseworker', INBOX, { filter: { groupId: made.id } });
    expect(data.alertInbox.counts).toEqual([
      { state: 'NEW', count: 0 },
      { state: 'IN_PROGRESS', count: 1 },
      { state: 'COMPLETED', count: 2 },
    ]);
    expect(data.alertInbox.alerts.totalCount).toBe(1);
    const stranger = await stack.ask('citizen-service', COMPLETE, { ids: [second] });
    expect(stranger.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
  });

  test('the inbox pages in a stable order and tells a wrong filter', async () => {
    const { data } = await must(stack, 'benefit-caseworker', INBOX, {
      filter: { states: ['NEW', 'IN_PROGRESS', 'COMPLETED'] },
    });
    const all = data.alertInbox.alerts.edges.map((edge: any) => edge.node.id);
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const page: any = (
        await must(stack, 'benefit-caseworker', INBOX, {
          filter: { states: ['NEW', 'IN_PROGRESS', 'COMPLETED'] },
          first: 3,
          after,
        })
      ).data.alertInbox.alerts;
      paged.push(...page.edges.map((edge: any) => edge.node.id));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(paged.slice(0, all.length)).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
    const wrong = await stack.ask('benefit-caseworker', INBOX, { filter: { kle: 'x' } });
    expect(wrong.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'filter.kle' });
  });

  test('groups are changed from the revision that was read, by alert administrators alone; input is refused by field', async () => {
    const made = await group({});
    const change = (input: object, signIn = 'alert-admin') =>
      stack.ask(signIn, SAVE_GROUP, {
        input: {
          name: 'Ny',
          eventTypes: ['GENERAL'],
          topic: '32.24.04',
          relations: ['PERSON'],
          receivers: [{ kind: 'USER', id: 'user-benefit-caseworker' }],
          validFrom: '2020-01-01',
          ...input,
        },
      });
    expect((await change({ id: made.id, revision: 1 })).data.saveAlertGroup.revision).toBe(2);
    expect((await change({ id: made.id, revision: 1 })).errors[0]!.extensions['code']).toBe('CHANGE_STALE');
    expect((await change({}, 'benefit-caseworker')).errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
    for (const [input, field] of [
      [{ name: ' ' }, 'input.name'],
      [{ topic: '32' }, 'input.topic'],
      [{ kle: ['nothing'] }, 'input.kle'],
      [{ eventCodes: ['999'] }, 'input.eventCodes'],
      [{ ageFrom: 10, ageTo: 5 }, 'input.ageTo'],
      [{ receivers: [] }, 'input.receivers'],
      [{ validTo: '2019-01-01' }, 'input.validTo'],
      [{ cleanUpDays: 0 }, 'input.cleanUpDays'],
    ] as const)
      expect((await change(input)).errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field });
    expect((await stack.ask('benefit-caseworker', '{ alertGroups { id } }')).data.alertGroups).toBeNull();
  });

  test('reminders are one’s own; searches may be shared by an alert administrator', async () => {
    const CREATE = `mutation Create($input: ReminderInput!) { createReminder(input: $input) { id title dueOn done } }`;
    const dueOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { data } = await must(stack, 'benefit-caseworker', CREATE, { input: { title: 'Ring op', dueOn } });
    const LIST = `query Reminders { reminders { id title } }`;
    expect((await must(stack, 'benefit-caseworker', LIST, {})).data.reminders).toEqual([
      { id: data.createReminder.id, title: 'Ring op' },
    ]);
    expect((await must(stack, 'family-adviser', LIST, {})).data.reminders).toEqual([]);
    const DONE = `mutation Done($id: ID!) { completeReminder(id: $id) { done } }`;
    const other = await stack.ask('family-adviser', DONE, { id: data.createReminder.id });
    expect(other.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'id' });
    expect(
      (await must(stack, 'benefit-caseworker', DONE, { id: data.createReminder.id })).data.completeReminder
        .done,
    ).toBe(true);
    expect((await must(stack, 'benefit-caseworker', LIST, {})).data.reminders).toEqual([]);
    const past = await stack.ask('benefit-caseworker', CREATE, {
      input: { title: 'x', dueOn: '2020-01-01' },
    });
    expect(past.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'input.dueOn' });
    const SAVE = `mutation Save($input: SavedSearchInput!) { saveSearch(input: $input) { id name shared own states } }`;
    const saved = await must(stack, 'benefit-caseworker', SAVE, { input: { name: 'Mine', states: ['NEW'] } });
    expect(saved.data.saveSearch).toMatchObject({ name: 'Mine', shared: false, own: true, states: ['NEW'] });
    const notShared = await stack.ask('benefit-caseworker', SAVE, { input: { name: 'Vores', shared: true } });
    expect(notShared.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'input.shared' });
    const SEARCHES = `query Searches { savedSearches { name own } }`;
    expect((await must(stack, 'family-adviser', SEARCHES, {})).data.savedSearches).toEqual([]);
  });

  test('GET /events tells within two seconds whose inbox has changed, and nobody else’s', async () => {
    await group({ eventCodes: ['031'] });
    const listen = async (signIn: string) => {
      const controller = new AbortController();
      const response = await fetch(`${stack.url}/events`, {
        headers: { authorization: `Bearer ${await stack.token(signIn)}` },
        signal: controller.signal,
      });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'text/event-stream; charset=utf-8',
      ]);
      let text = '';
      void (async () => {
        for await (const chunk of response.body!) text += Buffer.from(chunk as Uint8Array).toString();
      })().catch(() => undefined);
      return { text: () => text, stop: () => controller.abort() };
    };
    const [concerned, other] = [await listen('benefit-caseworker'), await listen('other-municipality')];
    try {
      await until(() => Promise.resolve(concerned.text().includes('listening')));
      expect((await push(envelope('PERSON', urn('sickness-benefit'), '031'))).answer.alerts).toBe(1);
      await until(() => Promise.resolve(concerned.text().includes('event: inbox')));
      expect(concerned.text()).toMatch(/event: inbox\ndata: \{"changed":true,"cursor":"\d+"\}\n\n/);
      expect(concerned.text()).not.toContain(stack.story('sickness-benefit').citizenId);
      expect(other.text()).not.toContain('event: inbox');
    } finally {
      concerned.stop();
      other.stop();
    }
    expect((await fetch(`${stack.url}/events`)).status).toBe(401);
  });

  test('whose municipality it is decides who is alerted: Mosekær’s groups hear nothing of Korsbæk’s', async () => {
    const administrator = {
      name: 'mosekaer-alerts',
      subject: 'user-mosekaer-alerts',
      cvr: MOSEKAER,
      unit: null,
      jobFunctionRoles: [jobRole(MOSEKAER, 'alert-admin')],
      shows: '',
    };
    const input = {
      name: 'Alle hændelser',
      eventTypes: ['REGISTER_EVENT'],
      topic: '32.24.04',
      relations: ['PERSON'],
      receivers: [{ kind: 'UNIT', id: unitId(MOSEKAER, 'benefits') }],
      validFrom: '2020-01-01',
    };
    const token = await stack.tokenOf(administrator);
    const made = await stack.ask('', SAVE_GROUP, { input }, { token });
    expect(made.errors).toEqual([]);
    const before = await inbox('other-municipality');
    await push(envelope('PERSON', urn('sickness-benefit'), '031'));
    expect(await inbox('other-municipality')).toEqual(before);
    // The group does hear of Mosekær's own citizens: it could have heard.
    const [id, cpr] = [randomUUID(), '0101019999'];
    const person = {
      type: 'person',
      id,
      registeredAt: '2026-01-01T00:00:00Z',
      source: 'CPR',
      cpr,
      birthDate: '2001-01-01',
      name: 'Mosekærs Egen',
      sex: 'FEMALE',
      civilStatus: 'UNMARRIED',
      addresses: [
        { line: 'Mosevej 1, 9998 Mosekær', municipalityCvr: MOSEKAER, from: '2020-01-01', to: null },
      ],
    };
    expect((await send('/feed/v1/records', JSON.stringify(person), 'CPR')).answer).toMatchObject({
      accepted: 1,
    });
    await push(envelope('PERSON', `urn:oio:cpr-nr:${cpr}`, '031', { authority: MOSEKAER }));
    expect(await inbox('other-municipality')).toHaveLength(Number(before.length) + 1);
  });
});
