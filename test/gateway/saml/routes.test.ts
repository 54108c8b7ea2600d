import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KORSBAEK, MOSEKAER } from '../../../seed/authorities.js';
import { attributesOf } from '../../../seed/development/saml-provider.js';
import type { SignInRequest } from '../../../subgraphs/shared/ports/sessions.js';
import { Agent } from '../../kit/agent.js';
import {
  answerTo,
  begin,
  bringAnswer,
  type SignInServer,
  IDENTITY,
  messageIn,
  startSignInServer,
  providerOf,
  SIGN_IN,
  signedIn,
} from '../../kit/sign-in-server.js';

const CPR = 'https://data.gov.dk/model/core/eid/cprNumber';
const SESSION = '__Host-overblik_session';
const HOME = { cvr: SIGN_IN.cvr };
const NOBODY = '00000000';

let server: SignInServer;
let ready: boolean;
let late: number;
let broken: Error | undefined;
const [begun, resolved]: [SignInRequest[], (readonly string[])[]] = [[], []];
beforeAll(async () => {
  server = await startSignInServer(
    (keys) => [providerOf(keys), providerOf(keys, { name: '<Anden>', entityId: 'other', cvr: MOSEKAER })],
    (usual) => ({
      isReady: () => ready,
      now: () => new Date(Date.now() + late),
      sessions: {
        ...usual.sessions,
        beginSignIn: (request) => {
          begun.push(request);
          return usual.sessions.beginSignIn(request);
        },
        takeSignIn: (...asked) => (broken ? Promise.reject(broken) : usual.sessions.takeSignIn(...asked)),
      },
      citizens: {
        resolve: (numbers) => {
          resolved.push(numbers);
          return Promise.resolve(new Map([['0101010101', 'person-own']]));
        },
      },
    }),
  );
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  ready = true;
  late = 0;
  broken = undefined;
  for (const list of [server.facts, server.errors, server.expired, begun, resolved]) list.length = 0;
});

const flowsIn = (agent: Agent) =>
  [...agent.cookies(server.url).keys()].filter((name) => name.startsWith('__Host-overblik_signin_'));
const isSignedIn = async (agent: Agent) => (await agent.send(`${server.url}/session`)).status === 200;
/** What stands in the log, as far as these tests say. */
const noted = () =>
  server.facts.map(({ event, ruleCode, cvr, user, criteria }) => [
    event,
    ruleCode,
    cvr,
    user,
    criteria.map(({ name, value }) => `${name}=${value}`).join(),
  ]);

describe('on the way to the identity provider', () => {
  test('a request goes to the provider of the authority that is asked for, and is kept ten minutes', async () => {
    const agent = new Agent();
    const from = Date.now();
    const answer = await agent.send(`${server.url}/saml/login?cvr=${SIGN_IN.cvr}&return=/citizens/x`);
    expect([answer.status, answer.to.split('?')[0]]).toEqual([303, `${IDENTITY}/login`]);
    const { id, provider, cvr, returnTo, until } = begun[0]!;
    expect(messageIn(new URL(answer.to), 'SAMLRequest')).toContain(`ID="${id}"`);
    expect([provider, cvr, returnTo]).toEqual([`${IDENTITY}/metadata`, SIGN_IN.cvr, '/citizens/x']);
    expect(until.getTime() - from).toBeGreaterThanOrEqual(600_000);
    expect(until.getTime() - Date.now()).toBeLessThanOrEqual(600_000);
    expect(flowsIn(agent)).toEqual([`__Host-overblik_signin_${id.slice(1, 17)}`]);
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=600;');
  });
  test('a user who has named no authority is asked for it, and goes on to the page that was asked for', async () => {
    const answer = await new Agent().send(`${server.url}/saml/login?return=/a`);
    const page = await answer.text();
    expect([answer.status, begun.length]).toEqual([200, 0]);
    expect([...page.matchAll(/href="([^"]*)">([^<]*)</g)].map(([, href, name]) => [href, name])).toEqual([
      [`/saml/login?cvr=${KORSBAEK}&#38;return=%2Fa`, 'Prøve'],
      [`/saml/login?cvr=${MOSEKAER}&#38;return=%2Fa`, '&#60;Anden&#62;'],
    ]);
    expect(page).toContain('Hvor arbejder du?');
    expect(page).toMatch(/<ul><li>.*<\/a><\/li><li><a .*<\/li><\/ul>/);
    const english = await new Agent().send(`${server.url}/saml/login`, {
      headers: { 'accept-language': 'en' },
    });
    expect(await english.text()).toContain('Where do you work?');
  });
  test('an authority nobody signs in for is refused, and that is recorded', async () => {
    expect((await new Agent().send(`${server.url}/saml/login?cvr=34567892`)).status).toBe(403);
    expect(noted()).toEqual([['signed-in', 'PROVIDER_UNKNOWN', NOBODY, '', '']]);
  });
  test('who came by another name of this machine begins at the right one, with what was asked for', async () => {
    const other = server.url.replace('127.0.0.1', 'localhost');
    const asked = await new Agent().send(`${other}/saml/login?cvr=${MOSEKAER}&return=/a`);
    expect([asked.status, asked.to]).toEqual([303, `${server.url}/saml/login?return=%2Fa&cvr=${MOSEKAER}`]);
    expect((await new Agent().send(`${other}/saml/login`)).to).toBe(`${server.url}/saml/login?return=%2F`);
    expect(begun).toEqual([]);
  });
  test('the short address leads to it', async () => {
    const { status, to } = await new Agent().send(`${server.url}/login`);
    expect([status, to]).toEqual([303, `${server.url}/saml/login`]);
  });
  test('before the gateway is ready nothing begins', async () => {
    ready = false;
    expect((await new Agent().send(`${server.url}/saml/login?cvr=${KORSBAEK}`)).status).toBe(503);
    expect([begun, server.facts, server.errors]).toEqual([[], [], []]);
  });
});

test('with one provider nobody is asked, and this machine’s other names lead nowhere in operation', async () => {
  const single = await startSignInServer(undefined, () => ({ publicUrl: () => 'https://overblik.example' }));
  const { status, to } = await new Agent().send(`${single.url}/saml/login`);
  expect([status, to.split('?')[0]]).toEqual([303, `${IDENTITY}/login`]);
  await single[Symbol.asyncDispose]();
});

describe('on the way back', () => {
  test('a sign-in is recorded, leads to the page that was asked for, and keeps the sign-in until the browser is closed', async () => {
    const agent = new Agent();
    const address = await begin(server, agent, { ...HOME, return: '/citizens/x' });
    const answer = await bringAnswer(server, agent, await answerTo(server, address));
    expect([answer.status, answer.to]).toEqual([303, `${server.url}/citizens/x`]);
    expect(noted()).toEqual([['signed-in', null, SIGN_IN.cvr, SIGN_IN.subject, '']]);
    const flow = answer.headers.getSetCookie().find((line) => line.includes('_signin_'));
    expect(flow).not.toMatch(/Max-Age|Expires/);
    expect(await isSignedIn(agent)).toBe(true);
  });
  test.each<[string, string, readonly (readonly string[])[], string | null]>([
    ['looked up', '0101010101', [['0101010101']], 'person-own'],
    ['looked up in vain', '0202020202', [['0202020202']], null],
    ['not looked up when it is none', '01010101011', [], null],
  ])('an own number is %s', async (_says, cpr, asked, personId) => {
    const attributes = { ...attributesOf(SIGN_IN), [CPR]: cpr };
    const agent = await signedIn(server, { change: { attributes }, query: HOME });
    expect(resolved).toEqual(asked);
    const [sid] = agent.cookies(server.url).get('__Secure-overblik_refresh')!.split('.');
    const look = await server.parts.sessions.session(sid!, new Date());
    expect('live' in look && look.live.who.personId).toBe(personId);
  });
  test('nothing is read of a browser that has begun no sign-in', async () => {
    expect((await bringAnswer(server, new Agent(), '%%%')).status).toBe(403);
    expect(noted()).toEqual([['signed-in', 'SAML_NOT_REQUESTED', NOBODY, '', '']]);
  });
  test.each<[string, Record<string, string>, string, string]>([
    ['nothing', {}, 'SAML_NOT_READABLE', ''],
    [
      'what is no XML',
      { SAMLResponse: Buffer.from('<a').toString('base64') },
      'SAML_NOT_READABLE',
      'detail=NOT_XML',
    ],
    ['more than is read', { SAMLResponse: 'A'.repeat(300_000) }, 'SAML_TOO_LARGE', ''],
    ['more than is taken', { SAMLResponse: 'A'.repeat(600_000) }, 'SAML_TOO_LARGE', ''],
  ])(
    '%s is refused in the log of the authority whose sign-in was begun last',
    async (_says, form, code, detail) => {
      const agent = new Agent();
      await begin(server, agent, { cvr: MOSEKAER });
      late = 1000;
      await begin(server, agent, HOME);
      expect((await agent.send(`${server.url}/saml/acs`, { form })).status).toBe(403);
      expect(noted()).toEqual([['signed-in', code, SIGN_IN.cvr, '', detail]]);
    },
  );
  test('what a response says wrong is refused in the log of the authority it was for', async () => {
    const agent = new Agent();
    const address = await begin(server, agent, HOME);
    await begin(server, agent, { cvr: MOSEKAER });
    const answer = await bringAnswer(server, agent, await answerTo(server, address, { issuer: 'elsewhere' }));
    expect(answer.status).toBe(403);
    expect(noted()).toEqual([['signed-in', 'SAML_ISSUER', SIGN_IN.cvr, '', '']]);
    expect(server.expired).toEqual([]);
    expect(await isSignedIn(agent)).toBe(false);
  });
  test('an answer to another browser’s sign-in signs nobody in', async () => {
    const [agent, thief] = [new Agent(), new Agent()];
    const answer = await answerTo(server, await begin(server, agent, HOME));
    await begin(server, thief, HOME);
    expect((await bringAnswer(server, thief, answer)).status).toBe(403);
    expect(noted()).toEqual([['signed-in', 'SAML_NOT_REQUESTED', SIGN_IN.cvr, '', '']]);
    expect(await isSignedIn(thief)).toBe(false);
    expect((await bringAnswer(server, agent, answer)).status).toBe(303);
  });
  test('an answer that comes too late signs nobody in', async () => {
    const agent = new Agent();
    const answer = await answerTo(server, await begin(server, agent, HOME));
    late = 600_000;
    expect((await bringAnswer(server, agent, answer)).status).toBe(403);
    expect(await isSignedIn(agent)).toBe(false);
  });
  test('a failure is no sign-in, is reported, and says nothing', async () => {
    const agent = new Agent();
    const response = await answerTo(server, await begin(server, agent, HOME));
    broken = new Error('the store is away');
    const answer = await bringAnswer(server, agent, response);
    expect([answer.status, (await answer.text()).includes('away')]).toEqual([503, false]);
    expect([server.errors, server.facts]).toEqual([[broken], []]);
    expect(await isSignedIn(agent)).toBe(false);
  });
});

describe('an answer that comes again', () => {
  const signIn = async (agent: Agent, change = {}) => {
    const address = await begin(server, agent, { ...HOME, return: '/citizens/x' });
    const answer = await answerTo(server, address, change);
    expect((await bringAnswer(server, agent, answer)).status).toBe(303);
    return answer;
  };
  const SPENT = ['signed-in', 'SAML_NOT_REQUESTED', SIGN_IN.cvr, SIGN_IN.subject, 'detail=SPENT'];

  test.each([
    ['with its session', []],
    ['without it, as from another site’s page', [SESSION]],
  ])('in its own browser leads on %s, and that is recorded', async (_says, without) => {
    const agent = new Agent();
    const answer = await signIn(agent);
    for (const name of without) agent.cookies(server.url).delete(name);
    server.facts.length = 0;
    const again = await bringAnswer(server, agent, answer);
    expect([again.status, again.to]).toEqual([303, `${server.url}/citizens/x`]);
    expect(noted()).toEqual([SPENT]);
  });
  test('of the same user in another browser leads on as well; of another leads to the start', async () => {
    const [here, again, other] = [new Agent(), new Agent(), new Agent()];
    const answer = await signIn(here);
    await signIn(again);
    await signIn(other, { nameId: 'somebody-else' });
    expect((await bringAnswer(server, again, answer)).to).toBe(`${server.url}/citizens/x`);
    expect((await bringAnswer(server, other, answer)).to).toBe(`${server.url}/`);
    expect(noted().at(-1)).toEqual(SPENT.with(3, 'somebody-else'));
  });
  test('of a browser where somebody else is signed in by now leads on: the browser began it', async () => {
    const agent = new Agent();
    const answer = await signIn(agent);
    await signIn(agent, { nameId: 'somebody-else' });
    expect((await bringAnswer(server, agent, answer)).to).toBe(`${server.url}/citizens/x`);
  });
  test('where nobody is signed in any more is refused, in the log of the authority it was for', async () => {
    const agent = new Agent();
    const answer = await signIn(agent);
    late = 1000;
    await begin(server, agent, { cvr: MOSEKAER });
    await server.parts.sessions.endSessionsOf(SIGN_IN.cvr, SIGN_IN.subject, new Date());
    for (const name of [SESSION]) agent.cookies(server.url).delete(name);
    server.facts.length = 0;
    expect((await bringAnswer(server, agent, answer)).status).toBe(403);
    expect(noted()).toEqual([['signed-in', 'SAML_NOT_REQUESTED', SIGN_IN.cvr, '', '']]);
  });
});

test('a provider whose certificates have run out is reported, with its authority', async () => {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'old' }], {
    notBeforeDate: new Date('2020-01-01'),
    notAfterDate: new Date('2021-01-01'),
  });
  const old = await startSignInServer((keys) => [providerOf(keys, { certificates: [made.cert] })]);
  const agent = new Agent();
  const answer = await answerTo(old, await begin(old, agent));
  expect((await bringAnswer(old, agent, answer)).status).toBe(403);
  expect(old.expired).toEqual([SIGN_IN.cvr]);
  await old[Symbol.asyncDispose]();
});
