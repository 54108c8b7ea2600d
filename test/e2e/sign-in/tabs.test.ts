import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KORSBAEK, MOSEKAER } from '../../../seed/authorities.js';
import { Agent } from '../../kit/agent.js';
import { until } from '../../kit/administration.js';
import { askBySession, bring, responseAt, responseFor, signInBySaml } from '../../kit/saml-sign-in.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';
import { linkFor, ticketFor } from '../../kit/tickets.js';

const ME = '{ me { authority { cvr } } }';
const OPEN = 'query Open($id: ID!) { citizen(id: $id) { id } }';

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('several tabs of one browser, %s', (_mode, start) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await start();
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  /** Somebody of another municipality, who reaches a person of Korsbæk by a jump and in no other way. */
  const ELSEWHERE = { cvr: MOSEKAER, subject: 'user-other-municipality' };
  const HERE = { cvr: KORSBAEK, subject: 'user-benefit-caseworker' };
  const persons = ['sickness-benefit', 'nothing-known', 'elder-care'];
  const idOf = (slug: string) => stack.story(slug).citizenId;
  const ticket = (slug: string, user = ELSEWHERE) =>
    ticketFor(stack, { party: `urn:oio:cpr-nr:${stack.story(slug).cpr}`, user });
  const link = (slug: string, user = ELSEWHERE) =>
    linkFor(stack, { party: `urn:oio:cpr-nr:${stack.story(slug).cpr}`, user });
  const page = (slug: string) => `${stack.url}/citizens/${idOf(slug)}?from=KSD`;
  const reaches = async (agent: Agent, slug: string): Promise<boolean> =>
    (await askBySession(stack, agent, OPEN, { id: idOf(slug) })).body.data?.citizen?.id === idOf(slug);
  const refusals = async (event: 'signed-in' | 'jumped-in', rule: string): Promise<number> => {
    const entries = stack.gateway.store.database('audit').collection('entries');
    return entries.countDocuments({ event, decision: 'REFUSE', ruleCode: rule });
  };
  /** Follows what a tab follows within Overblik until it comes to a page. */
  const follow = async (agent: Agent, first: string): Promise<string> => {
    let to = first;
    for (let step = 0; step < 4; step++) {
      const answer = await agent.send(to);
      if (answer.status !== 303) return to;
      to = answer.to;
    }
    throw new Error('led on without end');
  };

  test.each([
    ['the first first', [0, 1, 2]],
    ['the last first', [2, 1, 0]],
  ] as const)('sign-ins begun in three tabs all come to their own end, %s', async (_says, order) => {
    const agent = new Agent();
    const backs = ['/citizens/a', '/citizens/b?case=1', '/inbox'];
    const responses: string[] = [];
    for (const back of backs) responses.push(await responseFor(stack, agent, 'benefit-caseworker', back));
    for (const i of order) {
      const answer = await bring(stack, agent, responses[i]!);
      expect([answer.status, answer.to]).toEqual([303, `${stack.url}${backs[i]}`]);
      expect((await askBySession(stack, agent, ME)).status).toBe(200);
    }
  });

  test('an answer that comes again leads on where a session is live, signs nobody in, and is recorded as refused', async () => {
    const agent = new Agent();
    const response = await responseFor(stack, agent, 'benefit-caseworker', '/citizens/a?case=b');
    await bring(stack, agent, response);
    const session = agent.cookies(stack.url).get('__Secure-overblik_refresh');
    const before = await refusals('signed-in', 'SAML_NOT_REQUESTED');
    const again = await bring(stack, agent, response);
    expect([again.status, again.to]).toEqual([303, `${stack.url}/citizens/a?case=b`]);
    expect(agent.cookies(stack.url).get('__Secure-overblik_refresh')).toBe(session);
    expect(await refusals('signed-in', 'SAML_NOT_REQUESTED')).toBe(before + 1);
    // The post of another site brings the sign-in's own cookie alone: what is known of the sign-in says who is there.
    const crossSite = new Agent();
    for (const [name, value] of agent.cookies(stack.url))
      if (name.includes('_signin_')) crossSite.cookies(stack.url).set(name, value);
    expect((await bring(stack, crossSite, response)).to).toBe(`${stack.url}/citizens/a?case=b`);
    expect((await askBySession(stack, crossSite, ME)).status).toBe(401);
    // Another user of this browser does not learn where it was to lead; somebody else's browser gets the page.
    const other = await signInBySaml(stack, 'citizen-service');
    expect((await bring(stack, other.agent, response)).to).toBe(`${stack.url}/`);
    expect((await bring(stack, new Agent(), response)).status).toBe(403);
    expect(await refusals('signed-in', 'SAML_NOT_REQUESTED')).toBe(before + 4);
    // Signed out, the same answer is what it was: refused.
    await agent.send(`${stack.url}/session/end`, { method: 'POST', headers: { origin: stack.url } });
    expect((await bring(stack, agent, response)).status).toBe(403);
    expect((await askBySession(stack, agent, ME)).status).toBe(401);
  });

  test('an answer to somebody else’s unspent sign-in is refused in a browser with a live session too', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const foreign = await responseFor(stack, new Agent(), 'citizen-service', '/citizens/a');
    const answer = await bring(stack, agent, foreign);
    expect(answer.status).toBe(403);
    const { body } = await askBySession(stack, agent, '{ me { grants { role } } }');
    expect(body.data.me.grants.map(({ role }: any) => role)).toContain('benefit-read');
  });

  test('two jumps without a session each wait for the sign-in of their own tab, whichever comes first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const agent = new Agent();
      const slugs = ['sickness-benefit', 'nothing-known'];
      const logins: string[] = [];
      for (const slug of slugs) logins.push((await agent.send(await ticket(slug))).to);
      const responses: string[] = [];
      for (const login of logins) responses.push(await responseAt(agent, login, 'other-municipality'));
      for (const i of order) {
        const { to } = await bring(stack, agent, responses[i]!);
        expect(await follow(agent, to)).toBe(page(slugs[i]!));
      }
      // The second sign-in began a session of its own; the person of the first tab stays within reach.
      for (const slug of slugs) await until(() => reaches(agent, slug));
      expect(await reaches(agent, 'elder-care')).toBe(false);
    }
  });

  test('sign-ins and jumps that end at the same moment keep both persons within reach', async () => {
    const agent = new Agent();
    const logins: string[] = [];
    for (const slug of persons) logins.push((await agent.send(await ticket(slug))).to);
    const responses: string[] = [];
    for (const login of logins) responses.push(await responseAt(agent, login, 'other-municipality'));
    const ends = await Promise.all(
      responses.map(async (response) => follow(agent, (await bring(stack, agent, response)).to)),
    );
    expect(ends).toEqual(persons.map(page));
    for (const slug of persons) await until(() => reaches(agent, slug));
  });

  test('two tickets opened at once under a session each lead to their own person', async () => {
    const { agent } = await signInBySaml(stack, 'other-municipality');
    for (let time = 0; time < 6; time++) {
      const urls = await Promise.all(persons.map((slug) => ticket(slug)));
      const ends = await Promise.all(urls.map((url) => follow(agent, url)));
      expect(ends).toEqual(persons.map(page));
    }
    for (const slug of persons) await until(() => reaches(agent, slug));
  });

  test.each([
    ['ticket', 'TICKET_REPLAYED', ticket],
    ['link', 'LINK_REFUSED', link],
  ] as const)(
    'a %s opened again by its user leads on and is recorded as refused; by anybody else it is refused',
    async (_what, rule, make) => {
      const { agent } = await signInBySaml(stack, 'benefit-caseworker');
      const url = await make('sickness-benefit', HERE);
      expect(await follow(agent, url)).toBe(page('sickness-benefit'));
      const before = await refusals('jumped-in', rule);
      expect(await follow(agent, url)).toBe(page('sickness-benefit'));
      expect(await refusals('jumped-in', rule)).toBe(before + 1);
      const colleague = await signInBySaml(stack, 'citizen-service');
      const elsewhere = await signInBySaml(stack, 'other-municipality');
      for (const other of [new Agent(), colleague.agent, elsewhere.agent])
        expect((await other.send(url)).status).toBe(403);
      expect(await refusals('jumped-in', rule)).toBe(before + 4);
      // A session of the same user in another browser has the same rights, so it is led the same way.
      const home = await signInBySaml(stack, 'benefit-caseworker');
      expect((await home.agent.send(url)).to).toBe(page('sickness-benefit'));
    },
  );

  test.each([
    ['ticket', ticket],
    ['link', link],
  ] as const)('a %s opened in two tabs at the same moment leads both to the person', async (_what, make) => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    for (let time = 0; time < 4; time++) {
      const url = await make('sickness-benefit', HERE);
      const ends = await Promise.all([follow(agent, url), follow(agent, url)]);
      expect(ends).toEqual([page('sickness-benefit'), page('sickness-benefit')]);
    }
  });

  test('a ticket opened again before its user has signed in is still one jump of that browser', async () => {
    const agent = new Agent();
    const url = await ticket('sickness-benefit');
    const logins = [(await agent.send(url)).to, (await agent.send(url)).to];
    // A browser whose cookie has not come yet cannot be distinguished from another one: the sign-in tells whose jump it is.
    const other = new Agent();
    const { to: begun } = await other.send(url);
    for (const login of logins) {
      const { to } = await bring(stack, agent, await responseAt(agent, login, 'other-municipality'));
      expect(await follow(agent, to)).toBe(page('sickness-benefit'));
    }
    expect(await reaches(agent, 'sickness-benefit')).toBe(true);
    const somebody = new URL(begun);
    somebody.searchParams.set('cvr', KORSBAEK);
    const signedIn = await bring(stack, other, await responseAt(other, somebody.href, 'benefit-caseworker'));
    const before = await refusals('jumped-in', 'TICKET_REPLAYED');
    expect((await other.send(signedIn.to)).status).toBe(403);
    expect(await refusals('jumped-in', 'TICKET_REPLAYED')).toBe(before + 1);
  });

  test('a used ticket brings nobody within reach again: rights of the moment decide what its user sees', async () => {
    const first = await signInBySaml(stack, 'other-municipality');
    const url = await ticket('elder-care');
    await follow(first.agent, url);
    await until(() => reaches(first.agent, 'elder-care'));
    const second = await signInBySaml(stack, 'other-municipality');
    expect(await follow(second.agent, url)).toBe(page('elder-care'));
    expect(await reaches(second.agent, 'elder-care')).toBe(false);
  });

  test('a jump that waits in one browser is nothing to another, by whichever address', async () => {
    const { agent } = await signInBySaml(stack, 'other-municipality');
    const { to } = await agent.send(await ticket('sickness-benefit'));
    const { agent: copy } = await signInBySaml(stack, 'other-municipality');
    expect((await copy.send(to)).status).toBe(403);
    for (const bad of ['', '?jump=', `?jump=${'0'.repeat(16)}`, '?jump=__proto__', '?jump=a&jump=b'])
      expect((await agent.send(`${stack.url}/open/continue${bad}`)).status).toBe(403);
    expect((await agent.send(to)).to).toBe(page('sickness-benefit'));
    // Asked for again, as after a line that broke: it leads on, and gives nothing more.
    expect((await agent.send(to)).to).toBe(page('sickness-benefit'));
  });

  test('signing out in one tab ends what the other tabs of the browser have', async () => {
    const agent = new Agent();
    const copies: Agent[] = [];
    for (let tab = 0; tab < 2; tab++) {
      await signInBySaml(stack, 'benefit-caseworker', { agent });
      const copy = new Agent();
      for (const [name, value] of agent.cookies(stack.url)) copy.cookies(stack.url).set(name, value);
      copies.push(copy);
    }
    const { agent: elsewhere } = await signInBySaml(stack, 'benefit-caseworker');
    for (const browser of [...copies, elsewhere])
      expect((await askBySession(stack, browser, ME)).status).toBe(200);
    await agent.send(`${stack.url}/session/end`, { method: 'POST', headers: { origin: stack.url } });
    for (const copy of copies) await until(async () => (await askBySession(stack, copy, ME)).status === 401);
    expect((await askBySession(stack, elsewhere, ME)).status).toBe(200);
  });

  test('a browser keeps a bounded number of sign-ins, and the one its session rests on', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const kept = () => [...agent.cookies(stack.url).keys()].filter((name) => name.includes('_signin_'));
    const [root] = kept();
    for (let tab = 0; tab < 30; tab++)
      await agent.send(`${stack.url}/saml/login?${new URLSearchParams({ cvr: KORSBAEK, return: '/' })}`);
    expect(kept().length).toBeLessThanOrEqual(21);
    expect(kept()).toContain(root);
    expect((await askBySession(stack, agent, ME)).status).toBe(200);
  });
});
