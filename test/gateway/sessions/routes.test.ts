import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { userWord } from '../../../gateway/sessions/user-name.js';
import { Agent } from '../../kit/agent.js';
import {
  type SignInServer,
  IDENTITY,
  messageIn,
  startSignInServer,
  providerOf,
  SIGN_IN,
  signedIn,
} from '../../kit/sign-in-server.js';

const COOKIES = ['__Host-overblik_session', '__Host-overblik_browser', '__Secure-overblik_refresh'];
const PAGE = { accept: 'text/html' };
const SIGNED_OUT = '/saml/signed-out';

let server: SignInServer;
beforeAll(async () => {
  server = await startSignInServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  for (const list of [server.facts, server.errors]) list.length = 0;
});

const get = (agent: Agent) => agent.send(`${server.url}/session`);
const post = (agent: Agent, path: string, headers: Record<string, string> = {}, at = server) =>
  agent.send(`${at.url}/session/${path}`, { method: 'POST', headers: { origin: at.url, ...headers } });
const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code,
];
const held = (agent: Agent) => COOKIES.filter((name) => agent.cookies(server.url).has(name));
const noted = () => server.facts.map(({ event, ruleCode, cvr, user }) => [event, ruleCode, cvr, user]);

describe('what a browser is shown of its session', () => {
  test('is when it ends, and who is signed in, without the identifier of the user', async () => {
    const agent = await signedIn(server);
    const { cvr, subject } = SIGN_IN;
    const shown = await (await get(agent)).json();
    const [sid] = agent.cookies(server.url).get(COOKIES[2]!)!.split('.');
    const look = await server.parts.sessions.session(sid!, new Date());
    if (!('live' in look)) throw new Error('over');
    expect(shown).toEqual({
      authority: cvr,
      user: userWord({ cvr, subject }),
      assurance: 'SUBSTANTIAL',
      idleEndsAt: expect.stringMatching(/^\d{4}-.*Z$/),
      endsAt: look.live.endsAt.toISOString(),
    });
    expect(JSON.stringify(shown)).not.toContain(subject);
  });
  test('is nothing without one, and that it is over after it', async () => {
    expect(await codeOf(await get(new Agent()))).toEqual([401, 'UNAUTHENTICATED']);
    const agent = await signedIn(server);
    await server.parts.sessions.endSessionsOf(SIGN_IN.cvr, SIGN_IN.subject, new Date());
    expect(await codeOf(await get(agent))).toEqual([401, 'SESSION_ENDED']);
  });
});

test('when nobody can say whose session it is, that is said, and the browser keeps it', async () => {
  const agent = await signedIn(server);
  const { sessions } = server.parts;
  const real = { ...sessions };
  Object.assign(sessions, { session: () => Promise.reject(new Error('a network that is gone')) });
  try {
    expect(await codeOf(await get(agent))).toEqual([503, 'ACCESS_UNAVAILABLE']);
    expect(await codeOf(await post(agent, 'refresh'))).toEqual([503, 'ACCESS_UNAVAILABLE']);
  } finally {
    Object.assign(sessions, real);
  }
  expect([held(agent), (await get(agent)).status]).toEqual([COOKIES, 200]);
});

describe('a session is kept alive', () => {
  test('by its own browser, which gets new tokens', async () => {
    const agent = await signedIn(server);
    const before = agent.cookies(server.url).get(COOKIES[2]!);
    expect((await post(agent, 'refresh')).status).toBe(204);
    expect(agent.cookies(server.url).get(COOKIES[2]!)).not.toBe(before);
    expect((await get(agent)).status).toBe(200);
  });
  test('a moment after another window did, with what that one got', async () => {
    const agent = await signedIn(server);
    const before = agent.cookies(server.url).get(COOKIES[2]!)!;
    await post(agent, 'refresh');
    agent.cookies(server.url).set(COOKIES[2]!, before);
    expect((await post(agent, 'refresh')).status).toBe(204);
    expect(held(agent)).toEqual(COOKIES);
  });
  test('by nobody else, and what the browser holds is taken away', async () => {
    const agent = await signedIn(server);
    agent.cookies(server.url).set(COOKIES[2]!, '5f0c0a2e-0000-4000-8000-000000000001.x');
    expect(await codeOf(await post(agent, 'refresh'))).toEqual([401, 'SESSION_ENDED']);
    expect(held(agent)).toEqual([]);
  });
});

describe.each(['refresh', 'end', 'end-everywhere'])('asked for by another site’s page: %s', (path) => {
  test.each<[string, Record<string, string>]>([
    ['by its origin', { origin: 'https://elsewhere.example' }],
    ['by a hidden origin', { origin: 'null' }],
    ['by what the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['by what the browser says of a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_says, headers) => {
    const agent = await signedIn(server);
    server.facts.length = 0;
    expect(await codeOf(await post(agent, path, headers))).toEqual([403, 'NOT_OWN_PAGE']);
    expect(await codeOf(await agent.send(`${server.url}/session/${path}`, { method: 'POST' }))).toEqual([
      403,
      'NOT_OWN_PAGE',
    ]);
    expect([held(agent), noted(), (await get(agent)).status]).toEqual([COOKIES, [], 200]);
  });
});

describe('signing out', () => {
  test('ends the session, is recorded, and a script gets the address to go to', async () => {
    const agent = await signedIn(server);
    const token = agent.cookies(server.url).get(COOKIES[0]!)!;
    server.facts.length = 0;
    const answer = await post(agent, 'end', { 'sec-fetch-site': 'same-origin' });
    expect([answer.status, await answer.json()]).toEqual([200, { next: SIGNED_OUT }]);
    expect(held(agent)).toEqual([]);
    expect(noted()).toEqual([['signed-out', null, SIGN_IN.cvr, SIGN_IN.subject]]);
    const claims = await server.parts.keeper.tokens.verify(token);
    expect(await server.parts.sessions.session(claims!.sid, new Date())).toEqual({ ended: 'SIGNED_OUT' });
  });
  test('a form is sent there', async () => {
    const { status, to } = await post(await signedIn(server), 'end', PAGE);
    expect([status, to]).toEqual([303, server.url + SIGNED_OUT]);
  });
  test('everywhere ends the user’s other sessions too, and says how many', async () => {
    const [here, there] = [await signedIn(server), await signedIn(server)];
    const stranger = await signedIn(server, { change: { nameId: 'somebody-else' } });
    server.facts.length = 0;
    const answer = await post(here, 'end-everywhere');
    const { next, ended } = (await answer.json()) as { next: string; ended: number };
    expect([next, ended >= 2]).toEqual([SIGNED_OUT, true]);
    expect(noted()).toEqual([['sessions-ended', null, SIGN_IN.cvr, SIGN_IN.subject]]);
    expect([(await get(there)).status, (await get(stranger)).status]).toEqual([401, 200]);
    expect((await post(stranger, 'end-everywhere', PAGE)).to).toBe(server.url + SIGNED_OUT);
  });
  test.each(['end', 'end-everywhere'])(
    'of what is over: a page says so, a script gets the reason: %s',
    async (path) => {
      expect(await codeOf(await post(new Agent(), path))).toEqual([401, 'UNAUTHENTICATED']);
      const agent = await signedIn(server);
      agent.cookies(server.url).delete(COOKIES[0]!);
      server.facts.length = 0;
      const answer = await post(agent, path, PAGE);
      expect([answer.status, answer.to, held(agent), noted()]).toEqual([
        303,
        server.url + SIGNED_OUT,
        [],
        [],
      ]);
    },
  );
});

describe('a provider that takes part in single logout', () => {
  let there: SignInServer;
  beforeAll(async () => {
    const sloUrl = `${IDENTITY}/logout`;
    there = await startSignInServer((keys) => [
      providerOf(keys, { entityId: 'other', cvr: '34567892', ssoUrl: 'https://other.example/login' }),
      providerOf(keys, { sloUrl }),
    ]);
  });
  afterAll(() => there[Symbol.asyncDispose]());
  test.each([
    ['by the session’s name', 'index', 'SessionIndex>index<'],
    ['by the user’s where the session has none', null, undefined],
  ])('is asked to end its own, %s', async (_says, sessionIndex, named) => {
    const agent = await signedIn(there, { query: { cvr: SIGN_IN.cvr } });
    const sessions = there.store.client.db('access').collection('sessions');
    await sessions.updateMany(
      { 'from.nameId': SIGN_IN.subject },
      { $set: { 'from.sessionIndex': sessionIndex } },
    );
    const { next } = (await (await post(agent, 'end', {}, there)).json()) as { next: string };
    const address = new URL(next);
    const request = messageIn(address, 'SAMLRequest');
    expect(address.origin + address.pathname).toBe(`${IDENTITY}/logout`);
    expect(address.searchParams.get('RelayState')).toBeNull();
    expect(request).toContain(`>${SIGN_IN.subject}</saml:NameID>`);
    expect(request).toContain('Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"');
    expect(/SessionIndex[^>]*>index</.exec(request)?.[0].replace(/ [^>]*/, '')).toBe(named);
  });
});
