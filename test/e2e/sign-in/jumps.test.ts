import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { KORSBAEK, MOSEKAER } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys, newKey } from '../../../subgraphs/shared/settings/keys.js';
import { Agent } from '../../kit/agent.js';
import { DRAFT_JUMP, enforce, itemOf, must, until } from '../../kit/administration.js';
import { withoutReference } from '../../kit/message-page.js';
import { askBySession, responseFor, signInBySaml } from '../../kit/saml-sign-in.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';
import { linkFor, type LinkOptions } from '../../kit/tickets.js';

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('jumps in and out, %s', (_mode, start) => {
  let stack: Stack;
  let key: JWK;
  let caseId: string;
  beforeAll(async () => {
    stack = await start({ settings: { JUMP_HOSTS: 'localhost:4100' } });
    key = (await developmentKeys(stack.directory)).ksd;
    const query = `query Cases($id: ID!) { citizen(id: $id) { cases { cases(filter: { sourceSystems: ["KSD"] }) { edges { node { id } } } } } }`;
    const { data } = await must(stack, 'benefit-caseworker', query, { id: person().citizenId });
    caseId = data.citizen.cases.cases.edges[0].node.id;
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const person = () => stack.story('sickness-benefit');
  const target = (change: object = {}) => ({
    party: `urn:oio:cpr-nr:${person().cpr}`,
    caseId,
    user: { cvr: KORSBAEK, subject: 'user-benefit-caseworker' },
    ...change,
  });
  const ask = async (body: object, system = 'KSD') => {
    const token = await makeAssertion(systemId(system), key, 'overblik-feed', new Date());
    const response = await fetch(`${stack.url}/context/v1/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, answer: await response.json() };
  };
  const ticketUrl = async (change: object = {}): Promise<string> => {
    const { status, answer } = await ask(target(change));
    expect([status, answer]).toEqual([200, expect.objectContaining({ url: expect.any(String) })]);
    return answer.url;
  };
  const linkUrl = ({ change = {}, ...options }: LinkOptions & { change?: object } = {}) =>
    linkFor(stack, target(change), options);
  /** Follows what a browser would within Overblik, signing in where it is led to. */
  const arrive = async (url: string, signIn: string, agent = new Agent()) => {
    const first = await agent.send(url);
    const visited = [url, first.to];
    if (!first.to.includes('/saml/login')) return { agent, answer: first, visited };
    const { searchParams } = new URL(first.to);
    const response = await responseFor(stack, agent, signIn, searchParams.get('return')!);
    const back = await agent.send(`${stack.url}/saml/acs`, { form: { SAMLResponse: response } });
    const answer = await agent.send(back.to);
    visited.push(back.to, answer.to);
    return { agent, answer, visited };
  };
  const reasons = async (): Promise<string[]> => {
    const entries = stack.gateway.store.database('audit').collection('entries');
    const found = await entries.find({ 'fact.event': 'jumped-in' } as never).toArray();
    const flat = found.length > 0 ? found : await entries.find({ event: 'jumped-in' } as never).toArray();
    return flat.map((entry: any) => (entry.fact ?? entry).ruleCode ?? 'PERMIT');
  };

  test.each([
    ['a ticket', () => ticketUrl()],
    ['an encrypted link', () => linkUrl()],
  ])(
    '%s leads through sign-in to the person, with the case opened and “came from KSD”',
    async (_says, make) => {
      const { agent, answer, visited } = await arrive(await make(), 'benefit-caseworker');
      expect(answer.to).toBe(`${stack.url}/citizens/${person().citizenId}?from=KSD&case=${caseId}`);
      for (const url of visited) expect(url).not.toContain(person().cpr);
      // The page holds nothing of anybody; what it shows it asks for under the session (test/browser/ksd.test.ts sees it).
      const page = await (await agent.send(answer.to)).text();
      expect(page).toContain('<div id="page"></div>');
      const query = 'query ($p: ID!, $c: ID!) { citizen(id: $p) { name } case(id: $c) { id } }';
      const json = { query, variables: { p: person().citizenId, c: caseId } };
      const headers = { origin: stack.url };
      const asked = await agent.send(`${stack.url}/graphql`, { json, headers });
      expect(await asked.json()).toEqual({
        data: { citizen: { name: person().name }, case: { id: caseId } },
      });
      // Signed in already, the next jump asks nothing.
      const again = await agent.send(await make());
      expect(again.to).toMatch(new RegExp(`^${stack.url}/open/continue\\?jump=[0-9a-f]{16}$`));
      expect((await agent.send(again.to)).to).toContain(`/citizens/${person().citizenId}?from=KSD`);
    },
  );

  test('each refusal is one and the same page, and its true reason is in the log', async () => {
    const pages = new Set<string>();
    const refused = async (
      url: string,
      reason: string,
      signIn = 'benefit-caseworker',
      agent = new Agent(),
    ) => {
      const before = (await reasons()).filter((each) => each === reason).length;
      const { answer } = await arrive(url, signIn, agent);
      expect([reason, answer.status]).toEqual([reason, 403]);
      pages.add(withoutReference(await answer.text()));
      expect([reason, (await reasons()).filter((each) => each === reason).length]).toEqual([
        reason,
        before + 1,
      ]);
    };
    const used = await ticketUrl();
    await arrive(used, 'benefit-caseworker');
    await refused(used, 'TICKET_REPLAYED');
    await refused(`${stack.url}/open?ticket=${'x'.repeat(43)}`, 'TICKET_UNKNOWN');
    await refused(`${stack.url}/open?ticket=${'x'.repeat(5000)}`, 'TICKET_UNKNOWN');
    await refused(`${stack.url}/open`, 'TICKET_UNKNOWN');
    await refused(`${stack.url}/open/continue`, 'TICKET_UNKNOWN');
    await refused(await ticketUrl(), 'OTHER_USER', 'citizen-service');
    const { agent: elsewhere } = await signInBySaml(stack, 'other-municipality');
    const { to: waiting } = await elsewhere.send(await ticketUrl());
    await refused(waiting, 'OTHER_AUTHORITY', '', elsewhere);
    await refused(
      await ticketUrl({ party: 'urn:oio:cpr-nr:0101019991', caseId: undefined }),
      'PERSON_UNKNOWN',
    );
    const good = await linkUrl();
    await arrive(good, 'benefit-caseworker');
    const { publicKey } = await generateKeyPair('ECDH-ES+A256KW', { extractable: true });
    const stranger = { ...(await import('jose').then(({ exportJWK }) => exportJWK(publicKey))) };
    for (const bad of [
      good,
      await linkUrl({ signer: await newKey() }),
      await linkUrl({ audience: 'https://other.example/open' }),
      await linkUrl({ seconds: 3600 }),
      await linkUrl({ to: stranger }),
      await linkUrl({ change: { user: { cvr: '99999999', subject: 'x' } } }),
      await linkUrl({ change: { caseId: randomUUID() } }),
      good.slice(0, -10),
      `${stack.url}/open?link=${'A'.repeat(7000)}`,
      `${stack.url}/open?link=a.b.c`,
    ])
      await refused(bad, 'LINK_REFUSED');
    expect(pages.size).toBe(1);
  });

  test('a ticket is for whom and what the system’s agreement lets it ask; bad input names its field', async () => {
    for (const [change, field] of [
      [{ party: 'urn:oio:cpr-nr:1' }, 'party'],
      [{ caseId: 'x' }, 'caseId'],
      [{ caseId: randomUUID() }, 'caseId'],
      [{ party: `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}` }, 'caseId'],
      [{ user: { cvr: '99999999', subject: 'x' } }, 'user.cvr'],
      [{ purpose: 'NOSY' }, 'purpose'],
      [{ more: 1 }, 'body'],
    ] as const) {
      const { status, answer } = await ask(target(change));
      expect([field, status, answer.errors[0].extensions.code, answer.errors[0].extensions.field]).toEqual([
        field,
        400,
        'BAD_INPUT',
        field,
      ]);
    }
    expect((await fetch(`${stack.url}/context/v1/tickets`, { method: 'POST' })).status).toBe(401);
  });

  test('a jump brings a person within reach for that session alone; nobody becomes findable', async () => {
    const stranger = person();
    const OPEN = 'query Open($id: ID!) { citizen(id: $id) { id } }';
    const url = await ticketUrl({ user: { cvr: MOSEKAER, subject: 'user-other-municipality' } });
    expect(
      (await must(stack, 'other-municipality', OPEN, { id: stranger.citizenId })).data.citizen,
    ).toBeNull();
    const { agent, answer } = await arrive(url, 'other-municipality');
    expect(answer.to).toContain(`/citizens/${stranger.citizenId}`);
    const open = async () =>
      (await askBySession(stack, agent, OPEN, { id: stranger.citizenId })).body.data.citizen;
    await until(async () => (await open())?.id === stranger.citizenId);
    const FIND = 'query Find($cpr: CPR!) { searchCitizens(criteria: { cpr: $cpr }) { totalCount } }';
    const found = await askBySession(stack, agent, FIND, { cpr: stranger.cpr });
    expect(found.body.data?.searchCitizens?.totalCount ?? 0).toBe(0);
    expect(
      (await must(stack, 'other-municipality', OPEN, { id: stranger.citizenId })).data.citizen,
    ).toBeNull();
    const { agent: colleague } = await signInBySaml(stack, 'other-municipality');
    expect(
      (await askBySession(stack, colleague, OPEN, { id: stranger.citizenId })).body.data.citizen,
    ).toBeNull();
  });

  test('out: to the approved address, recorded before the browser leaves; everything else is a page that says so', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const systems = async () => (await agent.send(`${stack.url}/jump/systems`)).json();
    expect(await systems()).toEqual({ systems: ['KSD'] });
    expect((await new Agent().send(`${stack.url}/jump/systems`)).status).toBe(401);
    const out = await agent.send(`${stack.url}/jump/${caseId}`);
    expect(out.to).toBe(`http://localhost:4100/sag/${caseId}`);
    expect(out.headers.get('referrer-policy')).toBe('no-referrer');
    const gone = await agent.send(`${stack.url}/jump/${randomUUID()}`);
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('Sagen kan ikke åbnes')]);
    expect((await agent.send(`${stack.url}/jump/x`)).status).toBe(404);
    const { agent: blind } = await signInBySaml(stack, 'family-adviser');
    expect((await blind.send(`${stack.url}/jump/${caseId}`)).status).toBe(404);
    expect((await new Agent().send(`${stack.url}/jump/${caseId}`)).to).toContain('/saml/login');

    const system = systemId('KSD');
    const draft = async (template: string) => {
      const { revision } = await itemOf(stack, 'JUMP', system);
      const input = { system, revision, template, why: 'Ny adresse på KSD.' };
      return stack.ask('role-admin', DRAFT_JUMP, { input });
    };
    for (const template of [
      'https://ksd.example/sag',
      'https://ksd.example/{caseId}/{caseId}',
      'https://{caseId}.example/',
      'http://ksd.example/{caseId}',
      'javascript:alert({caseId})',
      'https://user:secret@ksd.example/{caseId}',
      'https://ksd.example/{cpr}/{caseId}',
    ])
      expect((await draft(template)).errors[0]!.extensions).toMatchObject({
        code: 'BAD_INPUT',
        field: 'template',
      });
    expect((await draft('https://ksd.example/sag/{caseId}')).errors).toEqual([]);
    // A draft changes nothing; approved by somebody else it does, and then the operator's list decides.
    expect((await agent.send(`${stack.url}/jump/${caseId}`)).to).toBe(`http://localhost:4100/sag/${caseId}`);
    await enforce(stack, 'JUMP', system);
    const refused = await agent.send(`${stack.url}/jump/${caseId}`);
    expect([refused.status, await refused.text()]).toEqual([
      404,
      expect.stringContaining('kan ikke åbnes herfra'),
    ]);
    // What would only lead to an error is not offered.
    expect(await systems()).toEqual({ systems: [] });
    await draft('');
    await enforce(stack, 'JUMP', system);
    const none = await agent.send(`${stack.url}/jump/${caseId}`);
    expect([none.status, await none.text()]).toEqual([404, expect.stringContaining('kan ikke åbnes herfra')]);
  });
});
