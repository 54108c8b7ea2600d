import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { SIGN_INS, jobRole } from '../../../seed/development/sign-ins.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { envelope } from '../../kit/messages.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

/** What every object inherits: sent as a key or a code it is as unknown as any other word, and nothing breaks on it. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);
/** A key may be written in JSON with any of them; a literal in code would set the prototype. */
const withKey = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

let stack: Stack;
let keys: Record<'sourceSystems' | 'ksd', JWK>;
const lines: string[] = [];
beforeAll(async () => {
  stack = await startAllInOne({
    settings: { LOG_LEVEL: 'error' },
    logTo: { write: (line: string) => void lines.push(line) },
  });
  keys = await developmentKeys(stack.directory);
}, 60_000);
beforeEach(() => void lines.splice(0));
afterAll(async () => {
  expect(({} as Record<string, unknown>)['planted']).toBeUndefined();
  await stack[Symbol.asyncDispose]();
});

const post = async (path: string, body: string, system?: string, type = 'application/json') => {
  const key = path.startsWith('/context') ? keys.ksd : keys.sourceSystems;
  const token = await makeAssertion(systemId(system ?? 'KSD'), key, 'overblik-feed', new Date());
  const response = await fetch(`${stack.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body,
  });
  return { status: response.status, answer: await response.json() };
};
const refusal = ({ status, answer }: { status: number; answer: any }) => [
  status,
  answer.errors?.[0]?.extensions.code,
];
const noFaults = () => expect(lines).toEqual([]);

describe('the feed', () => {
  const record = (change: object) =>
    JSON.stringify({
      type: 'case',
      id: randomUUID(),
      registeredAt: '2026-01-01T12:00:00Z',
      source: 'KSD',
      ownerCvr: KORSBAEK,
      kle: '32.30.04',
      sensitivity: 2,
      unit: unitId(KORSBAEK, 'sickness'),
      caseNumber: 'NAVN-1',
      title: 'Sygedagpenge',
      history: [{ state: 'ARISEN', on: '2026-01-01' }],
      parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}` }],
      ...change,
    });
  const changes: [string, (name: string) => object][] = [
    ['a type', (type) => ({ type })],
    ['a source', (source) => ({ source })],
    ['an owner', (ownerCvr) => ({ ownerCvr })],
    ['a KLE number', (kle) => ({ kle })],
    ['a facet', (facet) => ({ facet })],
    ['a sensitivity', (sensitivity) => ({ sensitivity })],
    ['a unit', (unit) => ({ unit })],
    ['an audience it is hidden from', (audience) => ({ hiddenFrom: [audience] })],
    ['a state', (state) => ({ history: [{ state, on: '2026-01-01' }] })],
    ['a role of a party', (role) => ({ parties: [{ role, person: 'urn:oio:cpr-nr:0202701234' }] })],
    ['what is removed', (of) => ({ type: 'removal', of })],
    ['a field', (name) => withKey(name, 'x')],
  ];
  test.each(changes)('rejects each name as %s', async (_what, change) => {
    const body = NAMES.map((name) => record(change(name))).join('\n');
    const { status, answer } = await post('/feed/v1/records', body, 'KSD', 'application/x-ndjson');
    expect([status, answer.accepted, answer.rejected]).toEqual([200, 0, NAMES.length]);
    noFaults();
  });
});

describe('messages', () => {
  const urn = () => `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}`;
  const bent = (change: (message: any) => void) => {
    const message = envelope('PERSON', urn(), '005', { sender: 'KSD' });
    change(message);
    return JSON.stringify(message);
  };
  const changes: [string, (name: string) => (message: any) => void][] = [
    ['a type', (name) => (message) => void (message.filterData.messageType = name)],
    ['a sender', (name) => (message) => void (message.filterData.sender = name)],
    ['a security class', (name) => (message) => void (message.deliveryData.securityClass = name)],
    [
      'a topic',
      (name) => (message) => void (message.filterData.objectRegistration.task = `urn:oio:kle:${name}`),
    ],
    [
      'the kind of a related object',
      (name) => (message) => void (message.filterData.relatedObjects = [{ id: urn(), type: name }]),
    ],
  ];
  describe.each(changes)('%s', (_what, change) => {
    test.each(NAMES)('%s is refused', async (name) => {
      const { status, answer } = await post('/messages/v1', bent(change(name)));
      expect([status, answer.result]).toEqual([422, 'rejected']);
      noFaults();
    });
  });
  test.each(NAMES)('%s is an action that nobody is alerted to', async (name) => {
    const message = envelope('PERSON', urn(), name);
    const { status, answer } = await post('/messages/v1', JSON.stringify(message), 'CPR');
    expect([status, answer.result, answer.alerts ?? 0]).toEqual([200, 'ignored', 0]);
    noFaults();
  });
});

describe('notes and tickets', () => {
  test.each(NAMES)('%s is no outcome of a note, no id and no field', async (name) => {
    for (const variables of [
      { outcome: name, id: randomUUID() },
      { outcome: 'TAKEN', id: name },
    ])
      expect(refusal(await post('/notes/v1/receipts', JSON.stringify({ receipts: [variables] })))).toEqual([
        400,
        'BAD_INPUT',
      ]);
    expect(refusal(await post('/notes/v1/receipts', JSON.stringify(withKey(name, []))))[0]).toBe(400);
    noFaults();
  });
  test.each(NAMES)('%s is no party, user, purpose or case of a ticket', async (name) => {
    const party = `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}`;
    const user = { cvr: KORSBAEK, subject: 'user-benefit-caseworker' };
    for (const target of [
      { party: name, user },
      { party, user, purpose: name },
      { party, user, caseId: name },
      { party, user: { ...user, cvr: name } },
      { party, user: name },
    ])
      expect(refusal(await post('/context/v1/tickets', JSON.stringify(target)))).toEqual([400, 'BAD_INPUT']);
    const stranger = await post('/context/v1/tickets', JSON.stringify(withKey(name, { party, user })));
    expect(refusal(stranger)).toEqual([400, name === '__proto__' ? 'OPERATION_INVALID' : 'BAD_INPUT']);
    noFaults();
  });
});

describe('the graph', () => {
  const ask = async (query: string, variables: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, answer: await response.json() };
  };
  /** JSON.parse alone takes `__proto__` for a key. */
  const USABLE = NAMES.filter((name) => !name.startsWith('__'));

  test.each(USABLE)('a variable $%s that is not sent has no value', async (name) => {
    const inbox = `query($${name}: ID) { alertInbox(filter: { groupId: $${name} }) { alerts { totalCount } } }`;
    expect((await ask(inbox, {})).answer).toEqual({
      data: { alertInbox: { alerts: { totalCount: expect.any(Number) } } },
    });
    const skipped = `query($${name}: Boolean = false) { me { user @skip(if: $${name}) } }`;
    expect((await ask(skipped, {})).answer.data.me.user).toEqual(expect.any(String));
    const needed = `query($${name}: Boolean!) { me { user @skip(if: $${name}) } }`;
    expect((await ask(needed, {})).status).toBe(400);
    const id = `query($${name}: ID!) { citizen(id: $${name}) { id } }`;
    expect((await ask(id, {})).status).toBe(400);
    noFaults();
  });
  test.each(USABLE)('a variable $%s that is sent has that value', async (name) => {
    const query = `query($${name}: Boolean!) { me { user @skip(if: $${name}) } }`;
    expect((await ask(query, withKey(name, true))).answer.data.me).toEqual({});
    expect((await ask(query, withKey(name, false))).answer.data.me.user).toEqual(expect.any(String));
    noFaults();
  });
  test.each(NAMES)('%s is no value of an enumeration, no purpose and no stored operation', async (name) => {
    const inbox = 'query($state: AlertState) { alertInbox(filter: { state: $state }) { groups { id } } }';
    expect((await ask(inbox, { state: name })).status).toBe(400);
    const answer = await ask('{ me { user } }', {}, { 'overblik-purpose': name });
    expect(refusal(answer)).toEqual([400, 'PURPOSE_UNKNOWN']);
    const stored = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
      },
      body: JSON.stringify({ documentId: name }),
    });
    expect(refusal({ status: stored.status, answer: await stored.json() })).toEqual([
      400,
      'OPERATION_UNKNOWN',
    ]);
    noFaults();
  });
});

describe('a token', () => {
  const answered = async (change: object) => {
    const token = await stack.tokenOf({
      ...SIGN_INS.find(({ name }) => name === 'benefit-caseworker')!,
      ...change,
    });
    const response = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ me { grants { role } } }' }),
    });
    const answer = await response.json();
    return [response.status, answer.data, answer.errors?.map((error: any) => error.extensions.code)];
  };
  const privileges = (list: string) =>
    Buffer.from(
      `<bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">${list}</bpp:PrivilegeList>`,
    ).toString('base64');
  const changes: [string, (name: string) => object][] = [
    ['a role', (name) => ({ jobFunctionRoles: [name] })],
    ['the last part of a role', (name) => ({ jobFunctionRoles: [jobRole(KORSBAEK, name)] })],
    ['an authority', (cvr) => ({ cvr })],
    ['a unit', (unit) => ({ unit })],
    [
      'a constraint',
      (name) => ({
        jobFunctionRoles: [],
        privileges: privileges(
          `<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:${KORSBAEK}"><Constraint Name="${name}">1</Constraint><Privilege>${jobRole(KORSBAEK, 'benefit-caseworker')}</Privilege></PrivilegeGroup>`,
        ),
      }),
    ],
  ];
  describe.each(changes)('%s', (_what, change) => {
    test.each(NAMES)('named %s is answered as any other word', async (name) => {
      const word = await answered(change('otherword'));
      expect(await answered(change(name))).toEqual(word);
      noFaults();
    });
  });
});

describe('addresses and headers', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${stack.url}${path}`, { redirect: 'manual', headers: { accept: 'text/html', ...headers } });

  test.each(NAMES)('%s is no language', async (name) => {
    for (const headers of [{ 'accept-language': name }, { cookie: `overblik_language=${name}` }]) {
      const response = await get('/open?ticket=unknown', headers);
      expect(await response.text()).toContain('<html lang="da">');
    }
    noFaults();
  });
  test.each(NAMES)('%s in an address is answered as any other word', async (name) => {
    for (const path of [
      '/open?ticket=WORD',
      '/open?link=WORD',
      '/open?WORD=x',
      '/open/continue?jump=WORD',
      '/jump/WORD',
      '/saml/login?idp=WORD',
      '/saml/login?WORD=x',
      '/saml/logout?SAMLRequest=WORD',
      '/WORD',
      '/assets/WORD',
    ]) {
      const [answer, other] = await Promise.all(
        [name, 'otherword'].map(async (word) => (await get(path.replace('WORD', word))).status),
      );
      expect([path, answer]).toEqual([path, other]);
    }
    noFaults();
  });
  test.each(NAMES)('%s as a cookie is nobody', async (name) => {
    const response = await get('/session', { cookie: `__Host-overblik_session=${name}; ${name}=x` });
    const other = await get('/session', { cookie: '__Host-overblik_session=otherword; otherword=x' });
    expect([response.status, await response.text()].join(' ').replace(/[\da-f-]{36}/g, '')).toBe(
      [other.status, await other.text()].join(' ').replace(/[\da-f-]{36}/g, ''),
    );
    noFaults();
  });
});
